"""What is kept on disk: one SQLite file, `bench.sqlite`, in the data folder.

| File | What it does |
|---|---|
| `store.py` | `Store`: open, load, save, flush, close; other rooms read and write data through it |
| `data_file.py` | the file as a file: check it read-only, copy it, rename it ("set aside") |
| `schema.py` | the tables, their versions, and whether a file has exactly these tables |
| `reading.py` | reads the tables value by value, leaves out and counts what cannot be read |
| `rows.py` | one row as a value and back (phone, decision, history line); many-row inserts |
| `settings.py` | every setting: its name, type, default, and which values are possible |
| `background_writer.py` | the thread that writes sightings and history |
| `troubles.py` | everything that can go wrong, as sentences |

When the program starts:

1. `Store.open` calls `claim`: no other run of the program may use the folder (`app/`).
2. `data_file.fault_in` checks the file read-only: its size, `schema.fault_of` (version, tables,
   SQLite's own check). A file that fails is set aside and a new one is started. A -wal or -journal
   of another file is set aside, too.
3. `schema.prepare` brings the tables to this version. Where the file cannot be written,
   `data_file.snapshot` reads it into memory, and nothing is saved until `Store.reopen` works.
4. `reading.read_settings` reads the settings; `Store.load` reads the phones. If anything had to be
   left out, the file is copied first, and only then are the bad values deleted.
5. All that went wrong is in `Store.troubles`, and the window shows it.

While it runs, decisions are written at once and are on the disk before anything is shown or sent
(`save_decisions`, `forget`). Sightings and history are only noted (`note`, `note_history`), and the
thread writes them once a second (`flush_in_background`). If a write fails, everything stays noted,
the trouble is raised, and the caller (`bench/decisions/saving.py`) tries again.
"""

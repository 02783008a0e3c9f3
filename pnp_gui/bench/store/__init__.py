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

`Store.open` claims the folder and checks the file (`data_file.fault_in`, `schema.fault_of`): one
that fails is set aside and a new one is started, one that cannot be written is read into memory.
`Store.load` looks at every page, unless that was done, and reads the phones, while the program
listens already; what cannot be read is left out, after a copy of the file was made.
All that went wrong is in `Store.troubles`.

Decisions are on the disk before anything is shown or sent (`save_decisions`, `forget`). Sightings
and history are only noted, and written once a second (`flush_in_background`). What could not be
written stays noted, and `bench/decisions/saving.py` tries again.
"""

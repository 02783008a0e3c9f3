"""What the headings of a list mean, in the languages of the systems that write lists: English,
German, French, Spanish, Italian, Dutch, Portuguese, Polish."""

from __future__ import annotations

import re
import unicodedata
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate


class Heading(StrEnum):
    """What stands below a heading."""

    __hash__ = str.__hash__

    FORMER = "former"
    """What was, whatever else the heading says: "Previous name"."""
    OTHER_MAC = "other mac"
    """The MAC of what does not ask for its settings: of the Wi-Fi, Bluetooth, the switch."""
    RANGE = "range"
    """The first or the last MAC of many."""
    MAC = "mac"
    SERIAL = "serial"
    SECRET = "secret"
    """An account or a password, whatever else the heading says: "Contact email"."""
    DECISION = "decision"
    PROVISIONING = "provisioning"
    """The URL from which a phone gets its settings."""
    URL = "url"
    """A URL, maybe that one."""
    FIRST_NAME = "first name"
    LAST_NAME = "last name"
    PERSON = "person"
    HOST = "host"
    NEVER = "never"
    """What is never taken: users, templates, servers, states, dates, makes."""
    LABEL = "label"
    ROOM = "room"
    EXTENSION = "extension"
    DESCRIPTION = "description"
    REMARK = "remark"
    NAME = "name"
    DEVICE = "device"
    PORT = "port"
    """Of the switch that it is plugged into."""
    NUMBER = "number"
    """A telephone number, or any other."""
    UNKNOWN = ""


# Words, and up to three of them joined by "_"; "telefon*": also what begins so. Accents are left
# out. Of several meanings in a heading, the first of this table is taken.
_WORDS = {
    Heading.FORMER: (
        "previous prev former formerly old prior alt alte alter altes alten bisher* vorher* "
        "fruher* frueher* ehemal* ancien ancienne precedent* anterior* antig* vecchi* vorig* oud "
        "oude poprzedni* stary stara stare"
    ),
    Heading.OTHER_MAC: (
        "wifi wi_fi wlan wireless funk ghz drahtlos* sans_fil inalambric* senza_fili draadloos "
        "bezprzewodow* sem_fio bluetooth bt bssid ssid ap router gateway sw switch uplink pc "
        "laptop* notebook* computer* rechner* printer* drucker* imprimante* destination dst"
    ),
    Heading.RANGE: "from to von bis start end begin first last desde hasta od do",
    Heading.MAC: (
        "mac macs macadr* macaddr* macid hwaddr* hwadr* hwid hardwareaddr* hardwareadr* "
        "physicaladdr* hw_address hw_addr lladdr ethaddr clientid client_id client_identifier "
        "uniqueid unique_id eindeutige_id eindeutige_kennung ethernet lan chassis_id port_id "
        "hardware physical physische physikalische physique materiel* fisic* fysiek* fizyczn* "
        "sprzetow* link_layer linklayer*"
    ),
    Heading.SERIAL: (
        "serial* sn s_n serie* numserie nserie matricola nr_seryjny seryjny ipei ipui imei uuid "
        "guid ean gtin upc"
    ),
    Heading.SECRET: (
        "pass* pw pwd puk key token code* logon auth* user_id userid user_name "
        "username email* mail* credential* kennung* zugang* anmeld* contrasena clave* mot_de mdp "
        "haslo senha"
    ),
    Heading.DECISION: (
        "decision entscheidung freigabe decisione decisao besluit beslissing decyzja"
    ),
    Heading.PROVISIONING: (
        "provision* prov autoprov* settingsurl settings_url settingurl setting_url configurl "
        "config_url configuration_url config_server config_server_path server_url ownurl own_url "
        "bereitstellungs* aprovisionam* approvisionnement approvvigionamento konfigurations_url "
        "profile_rule"
    ),
    Heading.URL: "url",
    Heading.FIRST_NAME: (
        "firstname first_name givenname given_name vorname prenom voornaam imie nombre_de_pila "
        "primeiro_nome"
    ),
    Heading.LAST_NAME: (
        "lastname last_name surname familyname family_name nachname familienname nom_de_famille "
        "apellido* cognome achternaam nazwisko sobrenome apelido"
    ),
    Heading.PERSON: (
        "fullname full_name display displayname display_name anzeigename nom_complet "
        "nom_affiche nombre_completo nome_completo person employee mitarbeiter* teilnehmer* "
        "employe empleado dipendente medewerker pracownik funcionario assigned_to assignedto "
        "zugewiesen* checked_out_to owner besitzer inhaber subscriber abonne nebenstellenname "
        "extension_name extensionname caller_id callerid contact ansprechpartner"
    ),
    Heading.HOST: (
        "host* dnsname dns_name fqdn rechnername computername netbios* nom_d_hote client_name "
        "system_name sysname nazwa_hosta"
    ),
    Heading.NEVER: (
        "user* mobil* cell* handy* fax* voicemail* softphone* account* template* profile* server* "
        "proxy registrar* domain* url uri http* link* web* group* model* typ type* marque marca "
        "merk marka make brand* vendor* manufacturer* hersteller* fabri* producent firmware "
        "version* software ip ipv* ipaddr* ipadr* address adres* direccion indirizzo endereco "
        "status* state* etat stato estado stan active* aktiv* enabled disabled actif activo attivo "
        "ativo online vlan* date* datum* fecha data time* zeit* created modified seen "
        "port_description port_descr portdescr portdescription system_description expire* lease* "
        "age uptime tag category* kategori* categori* benutzer* utilisateur usuario utente "
        "gebruiker* uzytkownik* utilizador vorlage* plantilla modello modele modelo gabarit "
        "sjabloon szablon konto compte cuenta conto conta company firma customer* kunde* protocol* "
        "length info ping speed duplex flags mask hwtype scope* lifetime subnet* network* netz* "
        "channel signal rssi bytes traffic price preis* prix precio prezzo prijs cena qty quantity "
        "menge* anzahl quantite cantidad quantita aantal ilosc order* auftrag* bestell* invoice* "
        "rechnung* lieferschein* article* artikel* sku part* pos position* id uid pool* timezone "
        "language* sprache country land carton* karton* palle* codec* licen* lizenz* product_class"
    ),
    Heading.LABEL: (
        "label* alias* etikett* etiquet* etichetta etykieta bezeichnung* beschriftung "
        "kennzeichnung libelle designation bez"
    ),
    Heading.ROOM: (
        "room* rm raum* zimmer* zi stanza office buero* buro sala salle camera kamer pokoj piece "
        "quarto bureau habitacion ufficio kantoor biuro location* standort* lieu ubicacion "
        "posizione luogo locatie lokalizacja localizacao site* place ort platz* building* "
        "gebaude* gebaeude* batiment edificio gebouw budynek floor etage stockwerk piso piano "
        "verdieping pietro arbeitsplatz desk department abteilung abt"
    ),
    Heading.EXTENSION: (
        "extension* ext extn nebenstelle* nst durchw* dw intern interne interno interna "
        "internal poste anexo ramal* toestel* wewnetrzn* directory_number dirnum dn line_number "
        "rufnummer*"
    ),
    Heading.DESCRIPTION: ("descri* beschreibung* omschrijving opis*"),
    Heading.REMARK: (
        "comment* kommentar* comentario* opmerking* "
        "komentarz* note* notiz* nota notas remark* bemerkung* bem anmerkung* remarque* observac* "
        "uwagi annotation*"
    ),
    Heading.NAME: (
        "name nom nombre nome naam nazwa devicename phonename telefonname geratename geraetename"
    ),
    Heading.DEVICE: (
        "device* device_id gerat* geraet* endgerat* appareil dispositivo apparaat urzadzenie "
        "apparat apparecchio aparelho chassis* neighbo*"
    ),
    Heading.PORT: (
        "port ports interface interfaces iface intf schnittstelle puerto porta poort anschluss dose"
    ),
    Heading.NUMBER: "number phone phonenumber telephone* telefon* tel nummer numer* tlf",
}

_EXACT: dict[str, Heading] = {}
_STEMS: dict[str, Heading] = {}
for _heading, _words in _WORDS.items():
    for _word in _words.split():
        (_STEMS if _word.endswith("*") else _EXACT).setdefault(_word.rstrip("*"), _heading)

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_BROKEN = re.compile(r"-\s*\n\s*")
"""Where a heading in a narrow column is divided: "Durch-", "wahl"."""
_WORD = re.compile(r"[a-z]+")
_SECRET = re.compile(r"passw|kennw|secret|wachtwoord|login|pin$")
"""Also at the end of a compound: "Gerätepasswort"."""
_STROKES = str.maketrans({"ł": "l", "Ł": "L", "ø": "o", "ß": "ss"})
MAX_HEADING = 80
"""Characters of a heading."""
_ORDER = tuple(_WORDS)


@lru_cache(4096)
def heading_of(text: str) -> Heading:
    """What stands below this heading; of a column with MACs, see `mac_heading`."""
    found = _headings_in(text)
    if Heading.OTHER_MAC in found and found & {Heading.NAME, Heading.HOST}:
        return Heading.NEVER  # the name of a PC behind the phone
    if Heading.FORMER in found:
        return Heading.NEVER
    found -= {Heading.OTHER_MAC, Heading.RANGE, Heading.MAC}
    if found & {Heading.DECISION, Heading.URL} and len(words_of(text)) > 1:
        found -= {Heading.DECISION, Heading.URL}  # these must be all that it says
    return min(found, key=_ORDER.index, default=Heading.UNKNOWN)


@lru_cache(4096)
def mac_heading(text: str) -> Heading:
    """What the heading of a column with MACs says of them: `MAC`, `OTHER_MAC`, `RANGE`, `SECRET`,
    `SERIAL`, `NUMBER` or `UNKNOWN`."""
    found = _headings_in(text)
    is_mac = Heading.MAC in found
    if Heading.OTHER_MAC in found:
        return Heading.OTHER_MAC
    if is_mac and Heading.RANGE in found:
        return Heading.RANGE
    for heading in (Heading.MAC, Heading.SECRET, Heading.SERIAL, Heading.NUMBER):
        if heading in found:
            return heading
    return Heading.UNKNOWN


def is_mac_heading(text: str) -> bool:
    """Whether a column with this heading has MACs."""
    return len(text) <= MAX_HEADING and mac_heading(text) is Heading.MAC


def _headings_in(text: str) -> set[Heading]:
    """The meanings of its words; what two or three words mean together, they do not mean alone."""
    words = words_of(text)
    found = set()
    start = 0
    while start < len(words):
        for end in range(min(start + 3, len(words)), start, -1):
            heading = _EXACT.get("_".join(words[start:end]))
            if heading:
                found.add(heading)
                break
        else:
            found |= {_STEMS[stem] for stem in accumulate(words[start]) if stem in _STEMS}
            if _SECRET.search(words[start]):
                found.add(Heading.SECRET)
        start = end
    return found


def words_of(text: str) -> tuple[str, ...]:
    """Lower-case words without accents: "N°Série" is "n", "serie", "ClientId" is "client", "id"."""
    text = _CAMEL.sub(" ", _BROKEN.sub("", text[:MAX_HEADING]))
    if not text.isascii():
        text = unicodedata.normalize("NFKD", text.translate(_STROKES))
        text = "".join(c for c in text if not unicodedata.combining(c))
    return tuple(_WORD.findall(text.lower()))

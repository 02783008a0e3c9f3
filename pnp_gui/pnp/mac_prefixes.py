"""The MAC prefixes of the makers of phones, as the IEEE assigned them.

Made by `python -m tests.mac_prefixes`, which names the organisations. Not to be edited.
"""

# fmt: off
PREFIXES = {
    "2N":
        "0050C229C 0050C2622 0050C281F 0050C29BF 7C1EB3",
    "AGFEO":
        "000940",
    "Akuvox":
        "0C1105",
    "Alcatel-Lucent":
        "00118B 0020DA 00809F 00D095 00E0B1 00E0DA 2CFAA2 3C28A6 487A55 782459 883C93 901C9E "
        "9424E1 DC0856 E8E732",
    "Algo":
        "0022EE",
    "Ascom":
        "00013E 000B92",
    "ATCOM":
        "808287",
    "AudioCodes":
        "001719 00908F",
    "Auerswald":
        "000952",
    "Avaya":
        "00040D 001B4F 00549F 00E007 048A15 10CDAE 14612F 24B209 24D921 2CF4C5 3475C7 38BB3C "
        "3C3A73 3CB15B 44322A 506184 50CD22 581626 6049C1 646A52 64A7DD 64C354 6CA849 6CFA58 "
        "703018 7038EE 7052C5 707C69 801DAA 848371 90FB5B A009ED A01290 A051C6 A4251B A47886 "
        "A4D530 B0ADAA B4475E B4A95A B4B017 BCADAB C057BC C4BED4 C81FEA C8F406 CCF954 D47856 "
        "D4EA0E E45D52 F81547 F873A2 FC8399 FCA841",
    "Cisco":
        "000C41 000E08 000F66 001217 001310 0014BF 0016B6 001839 0018F8 001A70 001C10 001D7E "
        "001EE5 002129 00226B 002369 00259C 20AA4B 48F8B3 586D8F 687F74 98FC11 C0C1C0 C8B373 "
        "C8D719",
    "Commend":
        "000CAB 2C2D48 BC6A44",
    "CyberData":
        "0020F7",
    "Digium":
        "000FD3",
    "Dinstar":
        "F8A03D",
    "DoorBird":
        "1CCAE37 58D8A7",
    "Ericsson-LG":
        "B061C7 B40EDC",
    "Escene":
        "00268B",
    "Fanvil":
        "0C383E",
    "Flyingvoice":
        "789912",
    "Gigaset":
        "002104 14B370 589EC6 7C2F80",
    "Grandstream":
        "000B82 144CFF C074AD EC74D7",
    "Htek":
        "001FC1",
    "innovaphone":
        "009033",
    "Mitel":
        "00085D 001049 0010BC 08000F 1400E9",
    "Obihai":
        "9CADEF",
    "Panasonic":
        "0080F0 080023 2836381 4C364E B8208E BC3E0B BCC342",
    "PLANET":
        "00304F 506188 A8F7E0",
    "Poly":
        "000389 0004F2 00197F 00237F 0CE0E4 385C76 482567 48C1AC 64167F 8C9B2D BCF292 E422A5 "
        "F4B688",
    "RTX":
        "00087B",
    "Sangoma":
        "005058",
    "Siedle":
        "D4E32C",
    "snom":
        "000413 1C7126",
    "Spectralink":
        "0013D1 00907A",
    "Swissvoice":
        "000590",
    "Tiptel":
        "000CC4",
    "Unify":
        "000208 001AE8 60DBEF",
    "VTech":
        "00122A 14AEDB 1C8EE6 A4975C C468D0",
    "Wildix":
        "9C7514",
    "Yealink":
        "001565 249AD8 3497D7 44DBD2 644F56 805E0C 805EC0 B061A9 C4FC22 EC1DA9 F01653",
    "Yeastar":
        "80C2F0 F4B549",
    "Zultys":
        "000BEA 0050C2180",
    "ZYCOO":
        "68692E",
}
"""Make → its prefixes of 24, 28 or 36 bits."""

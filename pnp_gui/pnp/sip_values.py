"""The values that the standards and the phones prescribe, each with its source.

Both the responder and the judge of the simulated phones (`demo/check.py`) cite them, and nothing
else of the protocol is shared: to change a value on the wire, edit it here;
`tests/pnp/test_sip_values.py` spells each of them out.
"""

from __future__ import annotations

GROUP = "224.0.1.75"
"""sip.mcast.net, which phones ask by multicast (RFC 3261 section 18.1.1)."""
PORT = 5060
"""UDP port of SIP (RFC 3261 section 19.1.2)."""
EVENT = "ua-profile"
"""The event package that phones subscribe to (RFC 6080 section 9)."""
MAGIC_COOKIE = "z9hG4bK"
"""A branch that starts with it is unique for its transaction (RFC 3261 section 8.1.1.7)."""
EXPIRES = "0"
"""Of the 200: never more than the phone asked for (RFC 6665 section 4.2.1.1)."""
MAX_FORWARDS = "70"
"""RFC 3261 section 8.1.1.6."""
SUBSCRIPTION_STATE = "terminated;reason=timeout"
"""Of the NOTIFY with the URL: it is the only one (RFC 6665 section 4.1.3)."""
NO_RENEWAL_STATE = "terminated;reason=noresource"
"""The same for a phone that asked for longer: *timeout* would have it subscribe again at once,
*noresource* says not to (section 4.1.3)."""
CONTENT_TYPE = "application/url"
"""Of the NOTIFY with the URL (snom's "Plug & Play"); what phones write into Accept."""
REBOOT = "check-sync;reboot=true"
"""The Event that most makes reboot on: snom ("challenge_checksync" in its wiki), Yealink
("How to reboot the IP phone remotely" in its manuals), Gigaset ("SIP check-sync mechanism")."""
CHECK_SYNC = "check-sync"
"""The same without the parameter, for makes that match the whole value or know nothing else. What
it does is set in the phone: reboot, or only load its settings again."""
REBOOT_STATE = "terminated"
"""Subscription-State of a NOTIFY that asks for a reboot; there is no subscription."""

T1 = 0.5
"""Seconds, the estimate of a round trip (RFC 3261 section 17.1.1.1)."""
T2 = 4.0
"""Seconds, the longest interval between retransmissions (section 17.1.2.2)."""
T4 = 5.0
"""Seconds that a message may stay in the network: Timer K (section 17.1.2.2)."""
LIFETIME = 64 * T1
"""Seconds: Timers B, F and J over UDP."""

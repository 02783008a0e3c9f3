"""Would the tests notice? Each mutant is the program with one small fault put in (mutmut)."""

"""What serves files by HTTP and TFTP: bytes and the time go in, bytes and a deadline come out. The
sockets are in net/serving/; what a request says of a phone is found in bench/fetches/."""

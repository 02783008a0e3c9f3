/* With SOURCE_PORT in the environment, SUBSCRIBEs leave from that port, and nobody reads what comes
 * to it: a phone that listens on the port in its Via and Contact alone. Linked into the phones, in
 * front of the C library's own sendto and sendmsg. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <netinet/in.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>

/* The socket to send these bytes by, instead of `own`. */
static int socket_for(int own, const void *bytes, size_t size)
{
	static const char method[] = "SUBSCRIBE ";
	static int other = -1;
	const char *port = getenv("SOURCE_PORT");
	struct sockaddr_in address;
	socklen_t length = sizeof address;

	if (!port || size < strlen(method) || memcmp(bytes, method, strlen(method)) != 0)
		return own;
	if (other < 0) {
		other = socket(AF_INET, SOCK_DGRAM, 0);
		if (getsockname(own, (struct sockaddr *)&address, &length))
			abort();
		address.sin_port = htons((uint16_t)atoi(port));
		if (bind(other, (struct sockaddr *)&address, length))
			abort();
	}
	return other;
}

ssize_t sendto(int own, const void *bytes, size_t size, int flags, const struct sockaddr *to,
	       socklen_t length)
{
	ssize_t (*send)(int, const void *, size_t, int, const struct sockaddr *, socklen_t);

	*(void **)&send = dlsym(RTLD_NEXT, "sendto");
	return send(socket_for(own, bytes, size), bytes, size, flags, to, length);
}

ssize_t sendmsg(int own, const struct msghdr *message, int flags)
{
	ssize_t (*send)(int, const struct msghdr *, int);
	const struct iovec *first = message->msg_iov;

	*(void **)&send = dlsym(RTLD_NEXT, "sendmsg");
	if (message->msg_iovlen > 0)
		own = socket_for(own, first->iov_base, first->iov_len);
	return send(own, message, flags);
}

/* A phone made of libre (sipevent): asks by multicast, takes the URL out of the NOTIFY.
 *
 *     libre_phone ADDRESS PORT MAC EVENT EXPIRES rport|no-rport SECONDS
 *
 * Standard output: "answer 200" for the SUBSCRIBE, "url ..." and "said 200" for the NOTIFY.
 * Standard error: what libre warns of or cannot decode. Ends when it has the 200 and has answered
 * the NOTIFY, or after SECONDS with status 1. With EXPIRES above 0 it stays for SECONDS.
 */
#define _GNU_SOURCE
#define HAVE_INTTYPES_H /* as libre itself is built */
#define HAVE_INET6
#include <dlfcn.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include <re.h>

static bool with_rport, stays, answered, said;
static struct tmr end_tmr;

/* libre always writes rport into its Via. Its own udp_send, which this one takes the place of,
 * sends what is left without it. */
int udp_send(struct udp_sock *us, const struct sa *dst, struct mbuf *mb)
{
	static const char rport[] = ";rport\r\n";
	const char *start = (const char *)mbuf_buf(mb), *found;
	int (*send)(struct udp_sock *, const struct sa *, struct mbuf *);
	struct mbuf *changed;
	size_t before, after;
	int err;

	*(void **)&send = dlsym(RTLD_NEXT, "udp_send");
	found = memmem(start, mbuf_get_left(mb), rport, strlen(rport));
	if (with_rport || !found || strncmp(start, "SUBSCRIBE ", 10) != 0)
		return send(us, dst, mb);
	before = (size_t)(found - start);
	after = before + strlen(";rport");
	changed = mbuf_alloc(mbuf_get_left(mb));
	if (!changed)
		return ENOMEM;
	err = mbuf_write_mem(changed, mbuf_buf(mb), before);
	err |= mbuf_write_mem(changed, mbuf_buf(mb) + after, mbuf_get_left(mb) - after);
	mbuf_set_pos(changed, 0);
	err = err ? err : send(us, dst, changed);
	mem_deref(changed);
	return err;
}

static void on_end(void *arg)
{
	(void)arg;
	re_cancel();
}

static void on_response(bool sent, const struct sip_msg *msg)
{
	if (sent && pl_strcmp(&msg->cseq.met, "NOTIFY") == 0) {
		(void)re_printf("said %u\n", msg->scode);
		said = true;
	} else if (!sent && pl_strcmp(&msg->cseq.met, "SUBSCRIBE") == 0) {
		(void)re_printf("answer %u\n", msg->scode);
		answered = true;
	}
	/* A moment later: libre is still at work on what it calls us for. */
	if (answered && said && !stays)
		tmr_start(&end_tmr, 1, on_end, NULL);
}

static void on_message(bool sent, enum sip_transp tp, const struct sa *src, const struct sa *dst,
		       const uint8_t *message, size_t size, void *arg)
{
	struct mbuf *copy = mbuf_alloc(size);
	struct sip_msg *msg = NULL;

	(void)tp, (void)src, (void)dst, (void)arg;
	if (!copy || mbuf_write_mem(copy, message, size))
		exit(3);
	mbuf_set_pos(copy, 0);
	if (sip_msg_decode(&msg, copy) == 0 && !msg->req)
		on_response(sent, msg);
	mem_deref(msg);
	mem_deref(copy);
}

static void on_notify(struct sip *sip, const struct sip_msg *msg, void *arg)
{
	(void)arg;
	if (msg_ctype_cmp(&msg->ctyp, "application", "url"))
		(void)re_printf("url %b\n", mbuf_buf(msg->mb), mbuf_get_left(msg->mb));
	(void)sip_treply(NULL, sip, msg, 200, "OK");
}

static void on_close(int err, const struct sip_msg *msg, const struct sipevent_substate *state,
		     void *arg)
{
	(void)msg, (void)state, (void)arg;
	if (err)
		(void)re_fprintf(stderr, "the subscription ended: %m\n", err);
}

int main(int count, char *arguments[])
{
	struct sip *sip;
	struct sipevent_sock *sock;
	struct sipsub *sub;
	struct sa own;
	char uri[64];
	int err;

	if (count != 8)
		return 2;
	setlinebuf(stdout);
	with_rport = strcmp(arguments[6], "rport") == 0;
	stays = atoi(arguments[5]) > 0;
	err = libre_init();
	(void)re_snprintf(uri, sizeof uri, "sip:MAC%%3a%s@224.0.1.75", arguments[3]);
	err |= sa_set_str(&own, arguments[1], (uint16_t)atoi(arguments[2]));
	err |= sip_alloc(&sip, NULL, 8, 8, 8, "libre phone", NULL, NULL);
	err |= sip_transp_add(sip, SIP_TRANSP_UDP, &own);
	sip_set_trace_handler(sip, on_message);
	err |= sipevent_listen(&sock, sip, 8, 8, NULL, NULL);
	err |= sipevent_subscribe(&sub, sock, uri, NULL, uri, arguments[4], NULL,
				  (uint32_t)atoi(arguments[5]), "phone", NULL,
				  0, NULL, NULL, false, NULL, on_notify, on_close, NULL,
				  "Accept: application/url\r\n");
	if (err) {
		(void)re_fprintf(stderr, "cannot start: %m\n", err);
		return 3;
	}
	tmr_init(&end_tmr);
	tmr_start(&end_tmr, (uint64_t)(atof(arguments[7]) * 1000), on_end, NULL);
	(void)re_main(NULL);
	return !(answered && said);
}

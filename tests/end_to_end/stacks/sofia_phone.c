/* A phone made of Sofia-SIP (nua): asks by multicast, takes the URL out of the NOTIFY.
 *
 *     sofia_phone ADDRESS PORT MAC EVENT EXPIRES rport|no-rport SECONDS
 *
 * Standard output: "answer 200" for the SUBSCRIBE, "url ..." and "said 200" for the NOTIFY.
 * Standard error: what Sofia-SIP warns of, and headers that it cannot read. Ends when it has the
 * URL and the 200, or after SECONDS with status 1. With EXPIRES above 0 it stays for SECONDS.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sofia-sip/nua.h>
#include <sofia-sip/sip_status.h>
#include <sofia-sip/su_log.h>

static int answered, said;

static void complain_of_unreadable(sip_t const *sip)
{
	sip_error_t const *bad;

	for (bad = sip->sip_error; bad; bad = bad->er_next)
		fprintf(stderr, "cannot read the header %s\n", bad->er_name ? bad->er_name : "?");
}

static void take_url(int status, sip_t const *sip)
{
	sip_content_type_t const *type = sip->sip_content_type;
	sip_payload_t const *body = sip->sip_payload;

	if (type && body && strcmp(type->c_type, "application/url") == 0)
		printf("url %.*s\n", (int)body->pl_len, body->pl_data);
	printf("said %d\n", status);
	said = 1;
}

static void on_event(nua_event_t event, int status, char const *phrase, nua_t *nua,
		     nua_magic_t *magic, nua_handle_t *handle, nua_hmagic_t *hmagic,
		     sip_t const *sip, tagi_t tags[])
{
	(void)phrase, (void)nua, (void)magic, (void)handle, (void)hmagic, (void)tags;
	if (!sip)
		return;
	complain_of_unreadable(sip);
	if (event == nua_r_subscribe) {
		printf("answer %d\n", status);
		answered = 1;
	} else if (event == nua_i_notify) {
		take_url(status, sip);
	}
}

int main(int count, char *arguments[])
{
	char own[64], group[64];
	su_root_t *root;
	nua_t *nua;
	su_time_t started;
	int stays;

	if (count != 8)
		return 2;
	setlinebuf(stdout);
	su_init();
	su_log_set_level(NULL, 3); /* warnings */
	snprintf(own, sizeof own, "sip:%s:%s;transport=udp", arguments[1], arguments[2]);
	snprintf(group, sizeof group, "sip:MAC%%3a%s@224.0.1.75", arguments[3]);
	root = su_root_create(NULL);
	su_root_threading(root, 0);
	nua = nua_create(root, on_event, NULL, NUTAG_URL(own),
			 NTATAG_CLIENT_RPORT(strcmp(arguments[6], "rport") == 0), TAG_END());
	if (!nua)
		return 3;
	nua_subscribe(nua_handle(nua, NULL, NUTAG_URL(group), SIPTAG_TO_STR(group),
				 SIPTAG_FROM_STR(group), TAG_END()),
		      SIPTAG_EVENT_STR(arguments[4]), SIPTAG_EXPIRES_STR(arguments[5]),
		      SIPTAG_ACCEPT_STR("application/url"), TAG_END());
	started = su_now();
	stays = atoi(arguments[5]) > 0;
	while ((stays || !(answered && said)) && su_time_diff(su_now(), started) < atof(arguments[7]))
		su_root_step(root, 20);
	return !(answered && said);
}

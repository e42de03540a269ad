/* A page of the server's own is plain and in English: who the person is, and in which language, only the app knows. */
#include "http/page.h"

#include <strings.h>

#include "base/html.h"
#include "http/assets.h"
#include "http/routes.h"

/* Nothing from elsewhere, nothing inline, no frame around it. Referrer-Policy: with no-referrer browsers would send `Origin: null`
 * with our own forms; what leaves the site is the same. */
const struct ask_page_header ask_page_headers[] = {
    {"Content-Security-Policy",
     "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
     "base-uri 'none'; frame-ancestors 'none'"},
    {"X-Frame-Options", "DENY"},
    {"Referrer-Policy", "same-origin"},
    {"Permissions-Policy", "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"},
    {"Cross-Origin-Opener-Policy", "same-origin"},
    {"Cross-Origin-Resource-Policy", "same-origin"},
    {NULL, NULL},
};
const struct ask_page_header ask_page_header_tls = {"Strict-Transport-Security", "max-age=31536000"};

bool ask_page_asked(const struct ask_request *request) {
  return request->route && request->route->actions[0].flags & ASK_OF_APP;
}

/* ---- refusals ---- */

static const struct {
  const char *title, *text;
} rows[] = {
    [ASK_REFUSED_REQUEST] = {"This request cannot be read",
                             "The address or the form that was sent is damaged. Go back and try again."},
    [ASK_REFUSED_PATH] = {"There is no such page", "Check the address."},
    [ASK_REFUSED_METHOD] = {"This page does not take that", "Go back and try again."},
    [ASK_REFUSED_SIZE] = {"This is too much at once", "Nothing was saved. Go back and send less."},
    [ASK_REFUSED_MEDIA_TYPE] = {"This form cannot be read", "Nothing was saved. Forms are sent as browsers send them."},
    [ASK_REFUSED_RATE] = {"Too many attempts", "Too many attempts to sign in failed. Wait a moment, then try again."},
    [ASK_REFUSED_INTERNAL] = {"Something went wrong",
                              "It is not your fault. If it happens again, tell whoever runs this service."},
    [ASK_REFUSED_BUSY] = {"The service is busy", "Nothing was saved. Wait a moment, then reload this page."},
    [ASK_REFUSED_DRAINING] = {"The service is restarting", "Nothing was saved. Wait a moment, then reload this page."},
};
enum { ROWS = sizeof rows / sizeof *rows };

void ask_page_refuse(struct ask_request *request) {
  const struct ask_refusal *refusal = &request->refusal;
  const struct ask_refusal_row *row = ask_refusal_row(refusal->why);
  bool known = (size_t)refusal->why < ROWS && rows[refusal->why].title;
  const char *title = known ? rows[refusal->why].title : row->title;
  const char *text = refusal->detail ? refusal->detail : known ? rows[refusal->why].text : row->detail;
  struct ask_answer *answer = &request->answer;
  struct ask_buffer *out = &request->out;
  *answer = (struct ask_answer){.status = row->status,
                                .content_type = "text/html; charset=utf-8",
                                .allow = answer->allow,
                                .close = answer->close,
                                .retry_after = answer->retry_after ? answer->retry_after : row->retry_after};
  ask_buffer_clear(out);
  ask_buffer_puts(out, "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
  ask_html_text(out, title);
  ask_buffer_printf(out, "</title>\n<link rel=\"stylesheet\" href=\"%s\">\n<main class=\"grid-container\">\n<h1>",
                    ask_asset_style());
  ask_html_text(out, title);
  ask_buffer_puts(out, "</h1>\n<p>");
  ask_html_text(out, text);
  ask_buffer_puts(out, "</p>\n<p><a href=\"/\">Start page</a></p>\n</main>\n</html>\n");
}

/* ---- other sites ---- */

static bool is(const struct ask_text *text, const char *word) {
  return text->length == strlen(word) && strncasecmp(text->bytes, word, text->length) == 0;
}

/* Browsers say it in Sec-Fetch-Site, where the connection can be trusted (TLS, this machine); older ones, and all on a plain
 * network, in the Origin of a POST. Of an Origin only the host counts: a proxy that does TLS changes the scheme. */
bool ask_page_is_cross_site(const struct ask_request *request) {
  const struct ask_headers *headers = &request->headers;
  const struct ask_text *site = &headers->fetch_site, *origin = &headers->origin, *host = &headers->host;
  if (site->bytes) return !is(site, "same-origin") && !is(site, "none");
  if (!origin->bytes) return false;
  size_t scheme = 0;
  while (scheme < origin->length && origin->bytes[scheme] != ':') scheme++;
  if (origin->length < scheme + 3 || memcmp(origin->bytes + scheme, "://", 3) != 0) return true; /* null */
  struct ask_text from = {origin->bytes + scheme + 3, origin->length - scheme - 3};
  return !host->length || from.length != host->length || strncasecmp(from.bytes, host->bytes, host->length) != 0;
}

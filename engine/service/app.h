/* The intake worker's app: from a page request to a page. The pages are Lua functions in web/ (lua/pages.h runs them); this
 * joins them to the intake, the store, the accounts and the texts. It knows nothing of HTTP beyond these two structures.
 * Shared by threads. It may wait for the store and for password hashing: not for a thread that serves connections. */
#ifndef ASK_SERVICE_APP_H
#define ASK_SERVICE_APP_H

#include "service/accounts.h"
#include "service/control.h"
#include "service/intake.h"

struct ask_app;
struct ask_app_options {
  struct ask_intake *intake;
  struct ask_store *store;
  const char *web;     /* the folder web/ */
  bool test_languages; /* offer also the languages that are marked as tests */
  struct ask_account_limits accounts;
  /* The bundled script and style, "/assets/app-0123abcd.js": where pages refer to. */
  const char *script, *style;
  /* What the administration page's reload calls: as the control socket does. */
  ask_control_reload *reload;
  void *reload_context;
  /* A line for the log: event is a word, fields JSON without braces, without personal data. May be NULL. */
  void (*log)(void *context, const char *event, const char *fields);
  void *log_context;
};
/* Borrows what the options name, copies the texts. NULL after adding a problem: web/main.lua is not there or does not load (with
 * file and line). */
struct ask_app *ask_app_open(const struct ask_app_options *options, struct ask_problems *problems);
/* No request in flight. NULL is fine. Returns NULL. */
struct ask_app *ask_app_close(struct ask_app *app);

struct ask_pair {
  struct ask_text name, value; /* decoded, UTF-8 without NUL */
};
enum { ASK_PAGE_PAIRS = 2000, ASK_PAGE_COOKIES = 4 };
struct ask_page_request {
  const char *method;              /* GET (also for HEAD), POST */
  const struct ask_text *segments; /* of the path, decoded */
  size_t segment_count;
  const struct ask_pair *query, *form;
  size_t query_count, form_count;
  struct ask_text json;            /* body of a POST with application/json; length 0: none */
  struct ask_text session;         /* value of the session's cookie; length 0: none */
  struct ask_text visitor;         /* of the cookie that the sign-in form's token goes with */
  struct ask_text language;        /* of the cookie with the chosen language */
  struct ask_text accept_language; /* as sent */
  struct ask_text csrf;            /* header X-Askonce-Csrf */
  bool script;                     /* header X-Askonce-Script: the page's own script asks */
  bool cross_site;                 /* Origin or Sec-Fetch-Site say that another site sent it */
  const char *address;             /* of the client */
};
struct ask_page_reply {
  struct ask_arena *arena;               /* given */
  struct ask_buffer *body;               /* given, empty */
  unsigned status;                       /* 200..599 */
  const char *content_type;              /* never NULL */
  const char *location;                  /* redirect; NULL */
  const char *cookies[ASK_PAGE_COOKIES]; /* values of Set-Cookie */
  size_t cookie_count;
  int retry_after; /* seconds; 0: no such header */
};
/* Always makes a page, also of failures. */
void ask_app_answer(struct ask_app *app, const struct ask_page_request *request, struct ask_page_reply *reply);

#endif

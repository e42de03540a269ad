/* A request's head: which action it is for and who asks, or why it is refused. */
#ifndef ASK_HTTP_HEAD_H
#define ASK_HTTP_HEAD_H

#include "http/request.h"

enum ask_head {
  ASK_HEAD_GO_ON, /* the body is next, also when it was refused: then the body is skipped, and the connection stays */
  ASK_HEAD_REPLY, /* the refusal is said now and the connection closed, the body unread */
  ASK_HEAD_CLOSE, /* the refusal was said by hand */
};
enum ask_head ask_head_look(struct ask_request *request, const char *method, const char *version);

/* May wait for the store. */
void ask_head_whose_key(struct ask_request *request);
/* Query and headers, once it is known who asks. Once only: the query is taken apart in place. */
void ask_head_look_at_rest(struct ask_request *request);
/* With the whole request: is there a body where there has to be one? */
void ask_head_check_body(struct ask_request *request);
/* 413 for a body. */
/* The bytes that a body may have. */
int64_t ask_head_body_limit(const struct ask_request *request);
void ask_head_refuse_size(struct ask_request *request);
/* Says the refusal by hand, when libmicrohttpd takes no answer now or may have no memory for it. */
void ask_head_last_words(struct ask_request *request);

#endif

/* Whose request it is: bearer keys, failures counted by address, the rate of each key. */
#ifndef ASK_HTTP_AUTH_H
#define ASK_HTTP_AUTH_H

#include "http/request.h"

enum ask_known {
  ASK_KEY_DECIDED, /* or refused: it is decided */
  ASK_KEY_IN_STORE /* only the store can tell: ask_key_ask */
};
/* From memory. */
enum ask_known ask_key_look(struct ask_request *request);
/* 401 for a key that is not known, counted by address. detail: constant, or in the request's arena. */
void ask_key_failed(struct ask_request *request, const char *detail);
/* May wait for the store. */
void ask_key_ask(struct ask_request *request, struct ask_seat *seat);

#endif

/* The plugins' Lua functions for one thread: a state for each program, opened when one of its functions is first
 * called. */
#ifndef ASK_SERVICE_HOST_H
#define ASK_SERVICE_HOST_H

#include "model/assess.h"
#include "service/catalogue.h"

struct ask_lua_host;

/* Borrows the rules. For one thread at a time. */
struct ask_lua_host *ask_lua_host_new(const struct ask_rules *rules);
/* NULL is fine. Returns NULL. */
struct ask_lua_host *ask_lua_host_free(struct ask_lua_host *host);
/* What a workspace wants; lives as long as the host. */
const struct ask_host *ask_lua_host_interface(const struct ask_lua_host *host);

#endif

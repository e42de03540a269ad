/* The document of GET /openapi.json: openapi.json of this folder, with the form in force in the place of
 * #/components/schemas/Answers. Made once for each generation of the rules. */
#ifndef ASK_HTTP_OPENAPI_H
#define ASK_HTTP_OPENAPI_H

#include "base/text.h"
#include "service/intake.h"

struct ask_openapi;
struct ask_openapi *ask_openapi_new(struct ask_intake *intake);
/* Returns NULL. */
struct ask_openapi *ask_openapi_free(struct ask_openapi *openapi);
/* Appends the document to the buffer and gives the hash of the rules that it was made for. */
void ask_openapi_write(struct ask_openapi *openapi, struct ask_seat *seat, struct ask_buffer *buffer,
                       char ret_hash[ASK_HASH_TEXT]);

/* Where the value of a member lies in well-formed JSON: path "components\0schemas\0Answers\0" (each NUL-terminated, ended by
 * an empty one). False: there is none. */
bool ask_json_find(const char *text, size_t length, const char *path, struct ask_text *ret_value);

#endif

/* multipart/form-data (RFC 7578): the one file of a form. */
#ifndef ASK_HTTP_MULTIPART_H
#define ASK_HTTP_MULTIPART_H

#include <stdbool.h>

#include "base/text.h"

/* The content of the first part that is called "file", or has a file name. type: the Content-Type header. False: it is no such
 * form, or has no file. *ret points into the body. */
bool ask_multipart_file(struct ask_text type, struct ask_text body, struct ask_text *ret);

#endif

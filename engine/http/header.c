/* Header fields as RFC 9110 has them, no more of it than the routes need. */
#include "http/header.h"

#include <microhttpd.h>
#include <string.h>
#include <strings.h>

#include "http/routes.h"
#include "http/state.h"
#include "store/store.h"

enum times { ANY, ONCE, ONCE_FOR_PAGES }; /* twice is a mistake, or an attack */
#define FIELD(word, member, times) \
  { word, sizeof word - 1, offsetof(struct ask_headers, member), times }
static const struct {
  const char *name;
  size_t length, offset;
  enum times times;
} fields[] = {
    FIELD("Host", host, ONCE),
    FIELD("Authorization", authorization, ONCE),
    FIELD("Content-Type", content_type, ONCE),
    FIELD("Content-Length", content_length, ONCE),
    FIELD("Content-Encoding", content_encoding, ONCE),
    FIELD("Transfer-Encoding", transfer_encoding, ONCE),
    FIELD("Idempotency-Key", idempotency_key, ONCE),
    FIELD("If-Match", if_match, ONCE),
    FIELD("If-None-Match", if_none_match, ONCE),
    FIELD("X-Request-Id", request_id, ANY),
    FIELD("Expect", expect, ANY),
    FIELD("Cookie", cookie, ONCE_FOR_PAGES),
    FIELD("Accept-Language", accept_language, ANY),
    FIELD("Origin", origin, ONCE_FOR_PAGES),
    FIELD("Sec-Fetch-Site", fetch_site, ONCE_FOR_PAGES),
    FIELD("X-Askonce-Csrf", csrf, ONCE_FOR_PAGES),
    FIELD("X-Askonce-Script", script, ONCE_FOR_PAGES),
};

static struct ask_text *text_at(struct ask_headers *headers, size_t field) {
  return (struct ask_text *)(void *)((char *)headers + fields[field].offset);
}

static enum MHD_Result look(void *context, enum MHD_ValueKind kind, const char *name, size_t name_length,
                            const char *value, size_t value_length) {
  (void)kind;
  struct ask_headers *headers = context;
  if (!name_length || name[name_length - 1] == ' ' || name[name_length - 1] == '\t') headers->bad_name = true;
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
    if (fields[i].length != name_length || strncasecmp(fields[i].name, name, name_length) != 0) continue;
    struct ask_text *text = text_at(headers, i);
    if (text->bytes && fields[i].times == ONCE && !headers->twice) headers->twice = fields[i].name;
    if (text->bytes && fields[i].times == ONCE_FOR_PAGES) headers->page_twice = fields[i].name;
    *text = (struct ask_text){value ? value : "", value ? value_length : 0};
    break;
  }
  return MHD_YES;
}

void ask_headers_read(struct ask_request *request) {
  MHD_get_connection_values_n(request->connection, MHD_HEADER_KIND, look, &request->headers);
}

void ask_headers_own(struct ask_request *request) {
  for (size_t i = 0; i < sizeof fields / sizeof fields[0]; i++) {
    struct ask_text *text = text_at(&request->headers, i);
    if (text->bytes) text->bytes = ask_strndup(request->arena, text->bytes, text->length);
  }
}

static bool is(const struct ask_text *text, const char *word) {
  return text->length == strlen(word) && strncasecmp(text->bytes, word, text->length) == 0;
}

bool ask_headers_broken(struct ask_request *request) {
  const struct ask_headers *headers = &request->headers;
  const char *twice = headers->twice;
  bool framing = false;
  if (headers->bad_name) {
    ask_refuse_value(request, "header", "", "bad-name", "a header's name ends in a blank", NULL);
    framing = true;
  }
  if (twice) {
    ask_refuse_value(request, "header", twice, "twice", "this header came twice", "send it once");
    framing = framing || strcmp(twice, "Content-Length") == 0 || strcmp(twice, "Transfer-Encoding") == 0;
  }
  if (headers->transfer_encoding.bytes) {
    if (headers->content_length.bytes) {
      ask_refuse_value(request, "header", "Content-Length", "two-lengths",
                       "Content-Length and Transfer-Encoding came together", "send one of them");
      framing = true;
    } else if (!is(&headers->transfer_encoding, "chunked") || request->version_1_0) {
      ask_refuse_value(request, "header", "Transfer-Encoding", "unknown-encoding",
                       "only chunked is known, and not in HTTP/1.0", "send a Content-Length");
      framing = true;
    }
  }
  if (!headers->host.bytes && !request->version_1_0)
    ask_refuse_value(request, "header", "Host", "missing", "HTTP/1.1 needs a Host header", NULL);
  return framing;
}

/* ---- content ---- */

static struct ask_text trimmed(const char *bytes, const char *end) {
  while (bytes < end && (*bytes == ' ' || *bytes == '\t')) bytes++;
  while (end > bytes && (end[-1] == ' ' || end[-1] == '\t')) end--;
  return (struct ask_text){bytes, (size_t)(end - bytes)};
}

/* The media type itself: application/json; charset=utf-8. */
static struct ask_text media_of(const struct ask_text *type) {
  const char *semicolon = memchr(type->bytes, ';', type->length);
  return trimmed(type->bytes, semicolon ? semicolon : type->bytes + type->length);
}

/* No charset, or one that UTF-8 fits; other parameters are passed over. */
static bool is_utf8(const struct ask_text *type) {
  const char *end = type->bytes + type->length, *semicolon = memchr(type->bytes, ';', type->length);
  while (semicolon) {
    const char *at = semicolon + 1;
    semicolon = memchr(at, ';', (size_t)(end - at));
    struct ask_text parameter = trimmed(at, semicolon ? semicolon : end);
    if (parameter.length < 8 || strncasecmp(parameter.bytes, "charset=", 8) != 0) continue;
    struct ask_text charset = {parameter.bytes + 8, parameter.length - 8};
    if (charset.length >= 2 && charset.bytes[0] == '"' && charset.bytes[charset.length - 1] == '"')
      charset = (struct ask_text){charset.bytes + 1, charset.length - 2};
    if (!is(&charset, "utf-8") && !is(&charset, "utf8") && !is(&charset, "us-ascii")) return false;
  }
  return true;
}

static bool is_json(const struct ask_text *type, bool patch) {
  struct ask_text media = media_of(type);
  if (!is(&media, "application/json") && !(patch && is(&media, "application/merge-patch+json"))) return false;
  return is_utf8(type);
}

static bool is_form(const struct ask_text *type) {
  struct ask_text media = media_of(type);
  return is(&media, "application/x-www-form-urlencoded") && is_utf8(type);
}

/* multipart/form-data; boundary=..., or text/csv */
static bool is_file(const struct ask_text *type) {
  if (!type->bytes) return false;
  struct ask_text media = media_of(type);
  return is(&media, "multipart/form-data") || is(&media, "text/csv");
}

static bool is_visible(const struct ask_text *text) {
  for (size_t i = 0; i < text->length; i++)
    if (text->bytes[i] < '!' || text->bytes[i] > '~') return false;
  return true;
}

void ask_headers_check(struct ask_request *request) {
  struct ask_headers *headers = &request->headers;
  unsigned flags = request->action->flags;
  const struct ask_text *key = &headers->idempotency_key;
  if (flags & ASK_KEEPS && key->bytes && (!key->length || key->length > ASK_IDEMPOTENCY_LIMIT || !is_visible(key)))
    ask_refuse_value(request, "header", "Idempotency-Key", "bad-key", "this is no idempotency key",
                     "1 to 255 visible ASCII characters, best a fresh UUID");
  if (flags & ASK_PAGE && headers->page_twice) ask_refuse(request, ASK_REFUSED_REQUEST, NULL);
  if (!(flags & ASK_TAKES)) return;
  headers->json = headers->content_type.bytes && is_json(&headers->content_type, flags & ASK_PATCHES);
  bool good = headers->json || !headers->content_type.bytes;
  if (flags & ASK_PAGE && !good) good = is_form(&headers->content_type);
  if (flags & ASK_TAKES_FILE) good = is_file(&headers->content_type);
  if (!good) ask_refuse(request, ASK_REFUSED_MEDIA_TYPE, NULL);
  const struct ask_text *encoding = &headers->content_encoding;
  if (encoding->bytes && encoding->length && !is(encoding, "identity"))
    ask_refuse(request, ASK_REFUSED_MEDIA_TYPE, NULL);
}

void ask_headers_id(struct ask_request *request) {
  const struct ask_text *given = &request->headers.request_id;
  bool good = given->length >= 1 && given->length < sizeof request->request_id;
  for (size_t i = 0; good && i < given->length; i++) {
    char c = given->bytes[i];
    good =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '_' || c == '-';
  }
  if (!good) {
    ask_server_id(request->server, request->request_id);
    return;
  }
  memcpy(request->request_id, given->bytes, given->length);
  request->request_id[given->length] = '\0';
}

/* ---- tags ---- */

/* The next tag of a list: W/"a" or "a" or *. False: the end, or no tag; *at is NULL then if it is no tag. */
static bool next_tag(const char **at, const char *end, bool *ret_weak, struct ask_text *ret) {
  const char *p = *at;
  while (p < end && (*p == ' ' || *p == '\t' || *p == ',')) p++;
  *at = p;
  if (p == end) return false;
  *at = NULL;
  *ret_weak = end - p > 2 && p[0] == 'W' && p[1] == '/';
  if (*ret_weak) p += 2;
  if (*p != '"') return false;
  const char *close = memchr(p + 1, '"', (size_t)(end - p - 1));
  if (!close) return false;
  *ret = (struct ask_text){p, (size_t)(close + 1 - p)};
  for (p++; p < close; p++)
    if ((unsigned char)*p <= ' ' || *p == 0x7f) return false;
  *at = close + 1;
  return true;
}

bool ask_etag_listed(const struct ask_text *list, const char *etag) {
  if (!list->bytes) return false;
  struct ask_text all = trimmed(list->bytes, list->bytes + list->length), tag;
  if (ask_text_is(&all, "*")) return true;
  const char *at = all.bytes;
  bool weak;
  while (next_tag(&at, all.bytes + all.length, &weak, &tag))
    if (ask_text_is(&tag, etag)) return true;
  return false;
}

/* "12" with its quotes; 0: not a number as we write them. */
static int32_t revision_of(const struct ask_text *tag) {
  int64_t number = 0;
  if (tag->length < 3 || tag->length > 12 || tag->bytes[1] == '0') return 0;
  for (size_t i = 1; i + 1 < tag->length; i++) {
    if (tag->bytes[i] < '0' || tag->bytes[i] > '9') return 0;
    number = number * 10 + (tag->bytes[i] - '0');
  }
  return number < INT32_MAX ? (int32_t)number : 0;
}

bool ask_if_match(struct ask_request *request, int32_t *ret_expected) {
  const struct ask_text *header = &request->headers.if_match;
  *ret_expected = 0;
  if (!header->bytes) return true;
  struct ask_text all = trimmed(header->bytes, header->bytes + header->length), tag, more;
  if (ask_text_is(&all, "*")) return true;
  const char *at = all.bytes, *end = all.bytes + all.length;
  bool weak, other;
  bool one = next_tag(&at, end, &weak, &tag) && !next_tag(&at, end, &other, &more) && at;
  if (!one) {
    ask_refuse_value(request, "header", "If-Match", "bad-etag", "this is not one ETag",
                     "send the ETag of the revision that you saw, with its quotes: \"1\"");
    return false;
  }
  int32_t number = weak ? 0 : revision_of(&tag);
  *ret_expected = number ? number : INT32_MAX; /* a tag that we never gave is never the latest one */
  return true;
}

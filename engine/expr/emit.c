/* Appending instructions; equal ones share a register, so a worksheet's common parts are computed once. */
#include <string.h>

#include "expr/compile.h"

static uint8_t varies(const struct ask_code *code, const struct ask_instruction *in) {
  const struct ask_instruction *r = code->list;
  switch (in->operation) {
  case ASK_I_CONSTANT:
  case ASK_I_PARAMETER:
  case ASK_I_AS_OF: return 0;
  case ASK_I_ITEM:
  case ASK_I_FIELD:
  case ASK_I_OUTER:
  case ASK_I_STATUS:
  case ASK_I_OWN_STATUS:
  case ASK_I_ANSWERED:
  case ASK_I_DECLINED:
  case ASK_I_FIELD_ANSWERED:
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH:
  case ASK_I_CALL:
  case ASK_I_LIST_COUNT:
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: return 1;
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION: return r[in->b].varies;
  case ASK_I_NOT:
  case ASK_I_NEG:
  case ASK_I_ABS:
  case ASK_I_SCALE:
  case ASK_I_FLOOR:
  case ASK_I_CEIL:
  case ASK_I_ROUND:
  case ASK_I_HAS:
  case ASK_I_TICKED:
  case ASK_I_YEAR_OF: return r[in->a].varies;
  case ASK_I_SELECT: return r[in->a].varies | r[in->b].varies | r[in->c].varies;
  default: return r[in->a].varies | r[in->b].varies;
  }
}

enum { LOOK_BACK = 1024 };

int32_t ask_emit(struct ask_arena *arena, struct ask_code *code, struct ask_instruction in) {
  in.varies = varies(code, &in);
  size_t from = code->count > LOOK_BACK ? code->count - LOOK_BACK : 0;
  for (size_t i = code->count; i > from; i--) {
    const struct ask_instruction *o = &code->list[i - 1];
    if (o->operation == in.operation && o->a == in.a && o->b == in.b && o->c == in.c && o->immediate == in.immediate)
      return (int32_t)(i - 1);
  }
  if (code->count >= ASK_MAX_REGISTERS) return -1;
  struct ask_instruction *slot = ask_push(arena, &code->list, &code->count, &code->capacity, sizeof in);
  *slot = in;
  return (int32_t)(code->count - 1);
}

int32_t ask_arguments(struct ask_arena *arena, struct ask_code *code, const int32_t *registers, size_t count) {
  for (size_t at = 0; at + count <= code->argument_count; at++)
    if (memcmp(code->arguments + at, registers, count * sizeof *registers) == 0) return (int32_t)at;
  size_t first = code->argument_count;
  for (size_t i = 0; i < count; i++) {
    int32_t *slot = ask_push(arena, &code->arguments, &code->argument_count, &code->argument_capacity, sizeof *slot);
    *slot = registers[i];
  }
  return (int32_t)first;
}

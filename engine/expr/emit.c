/* Appending instructions; equal ones share a register, so a worksheet's common parts are computed once. */
#include <string.h>

#include "expr/compile.h"

/* Whether its value can differ between two households of one day. */
static uint8_t varies(const struct ask_code *code, const struct ask_instruction *in) {
  int32_t operands[3];
  int count = ask_operands(in, operands);
  uint8_t any = 0;
  if (in->operation == ASK_I_CONSTANT || in->operation == ASK_I_PARAMETER || in->operation == ASK_I_AS_OF) return 0;
  if (count == 0 || in->operation >= ASK_I_LIST_COUNT) return 1; /* items and their like, counts, calls, lists */
  for (int i = 0; i < count; i++) any |= code->list[operands[i]].varies;
  return any;
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

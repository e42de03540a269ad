/* The shape of each instruction: which registers it reads. */
#include "expr/code.h"

int ask_operands(const struct ask_instruction *in, int32_t ret[3]) {
  switch (in->operation) {
  case ASK_I_CONSTANT:
  case ASK_I_ITEM:
  case ASK_I_FIELD:
  case ASK_I_OUTER:
  case ASK_I_PARAMETER:
  case ASK_I_STATUS:
  case ASK_I_OWN_STATUS:
  case ASK_I_AS_OF:
  case ASK_I_ANSWERED:
  case ASK_I_DECLINED:
  case ASK_I_FIELD_ANSWERED:
  case ASK_I_COUNT_LOW:
  case ASK_I_COUNT_HIGH:
  case ASK_I_CALL: return 0;
  case ASK_I_TABLE_NUMBER:
  case ASK_I_TABLE_OPTION: ret[0] = in->b; return 1;
  case ASK_I_NOT:
  case ASK_I_NEG:
  case ASK_I_ABS:
  case ASK_I_SCALE:
  case ASK_I_FLOOR:
  case ASK_I_CEIL:
  case ASK_I_ROUND:
  case ASK_I_HAS:
  case ASK_I_TICKED:
  case ASK_I_YEAR_OF:
  case ASK_I_LIST_COUNT:
  case ASK_I_LIST_LOW:
  case ASK_I_LIST_HIGH:
  case ASK_I_LIST_SUM:
  case ASK_I_LIST_ANY:
  case ASK_I_LIST_ALL: ret[0] = in->a; return 1;
  case ASK_I_SELECT: ret[0] = in->a, ret[1] = in->b, ret[2] = in->c; return 3;
  default: ret[0] = in->a, ret[1] = in->b; return 2;
  }
}

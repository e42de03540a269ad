/* The syntax of expressions: precedence and grouping as in Lua 5.4, what every mistake is told, and the limits. */
#include <check.h>
#include <stdlib.h>

#include "expr/ast.h"
#include "unit/support_expr.h"

#define COUNT(array) ((int)(sizeof(array) / sizeof((array)[0])))

static void write(const struct ask_ast *ast, struct ask_buffer *out) {
  switch (ast->kind) {
  case ASK_AST_TRUE: ask_buffer_puts(out, "true"); return;
  case ASK_AST_FALSE: ask_buffer_puts(out, "false"); return;
  case ASK_AST_STRING: ask_buffer_printf(out, "'%.*s'", (int)ast->text.length, ast->text.bytes); return;
  case ASK_AST_NUMBER:
  case ASK_AST_NAME: ask_buffer_add(out, ast->text.bytes, ast->text.length); return;
  case ASK_AST_MEMBER:
    write(ast->a, out);
    ask_buffer_printf(out, ".%.*s", (int)ast->text.length, ast->text.bytes);
    return;
  case ASK_AST_INDEX:
    write(ast->a, out);
    ask_buffer_putc(out, '[');
    write(ast->b, out);
    ask_buffer_putc(out, ']');
    return;
  case ASK_AST_CALL:
    ask_buffer_printf(out, "%.*s/%zu(", (int)ast->text.length, ast->text.bytes, ast->argument_count);
    for (const struct ask_ast *a = ast->arguments; a; a = a->next) {
      if (a != ast->arguments) ask_buffer_puts(out, ", ");
      write(a, out);
    }
    ask_buffer_putc(out, ')');
    return;
  case ASK_AST_UNARY:
    ask_buffer_printf(out, "(%s ", ask_ast_op_text(ast->op));
    write(ast->a, out);
    ask_buffer_putc(out, ')');
    return;
  default:
    ask_buffer_putc(out, '(');
    write(ast->a, out);
    ask_buffer_printf(out, " %s ", ask_ast_op_text(ast->op));
    write(ast->b, out);
    ask_buffer_putc(out, ')');
    return;
  }
}

/* Left, how Lua 5.4 groups it (manual, 3.4.8): or < and < comparison < + - < * / // % < not and minus; all from the left. */
static const struct {
  const char *text, *grouped;
} shapes[] = {
    {"a or b and c", "(a or (b and c))"},
    {"a and b or c", "((a and b) or c)"},
    {"a or b or c", "((a or b) or c)"},
    {"a and b and c", "((a and b) and c)"},
    {"not a and b", "((not a) and b)"},
    {"not a == b", "((not a) == b)"},
    {"not not a", "(not (not a))"},
    {"a and not b or c", "((a and (not b)) or c)"},
    {"a < b == c", "((a < b) == c)"},
    {"a == b ~= c", "((a == b) ~= c)"},
    {"a <= b and c >= d", "((a <= b) and (c >= d))"},
    {"a + b < c * d", "((a + b) < (c * d))"},
    {"a - b - c", "((a - b) - c)"},
    {"a - (b - c)", "(a - (b - c))"},
    {"a + b * c", "(a + (b * c))"},
    {"(a + b) * c", "((a + b) * c)"},
    {"a / b // c % d * e", "((((a / b) // c) % d) * e)"},
    {"-a * b", "((- a) * b)"},
    {"-a + b", "((- a) + b)"},
    {"a - -b", "(a - (- b))"},
    {"- - a", "(- (- a))"},
    {"-not a", "(- (not a))"},
    {"a * -b", "(a * (- b))"},
    {"a.b", "a.b"},
    {"status.ca == 'likely'", "(status.ca == 'likely')"},
    {"t[a + 1] * 2", "(t[(a + 1)] * 2)"},
    {"t[a][b].c", "t[a][b].c"},
    {"f()", "f/0()"},
    {"f(a, g(b), c + d)", "f/3(a, g/1(b), (c + d))"},
    {"count(roster, member.age < 18) >= 1", "(count/2(roster, (member.age < 18)) >= 1)"},
    {"12 + 0.360", "(12 + 0.360)"},
    {"'it\\'s' == \"say \\\"so\\\" \\\\\"", "('it's' == 'say \"so\" \\')"},
    {"true and false", "(true and false)"},
    {" \t\n a\n+\n b ", "(a + b)"},
    {"android or order", "(android or order)"},
    {"not_a", "not_a"},
    {"_x9", "_x9"},
    {"a<b", "(a < b)"},
    {"a~='x'", "(a ~= 'x')"},
    {"a//b", "(a // b)"},
};

START_TEST(groups_as_lua_does) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_buffer out = {0};
  struct ask_ast *ast = ask_ast_parse(arena, shapes[_i].text, ASK_NOWHERE, &problems);
  ck_assert_msg(ast != NULL, "%s: %s", shapes[_i].text, problems.count ? problems.list[0].message : "?");
  write(ast, &out);
  ck_assert_str_eq(out.bytes, shapes[_i].grouped);
  ask_buffer_free(&out);
  ask_arena_free(arena);
}
END_TEST

/* The expression stands at line 7, column 20 of rule.lua. */
static const struct {
  const char *text;
  int line, column;
  const char *code, *message, *hint;
} mistakes[] = {
    {"", 7, 20, "syntax", "an empty expression in ``", NULL},
    {"   ", 7, 20, "syntax", "an empty expression in ``", NULL},
    {"a +", 7, 23, "syntax", "the expression ends too early in `a +`", NULL},
    {"a + * b", 7, 24, "syntax", "a value is expected here in `a + * b`", NULL},
    {"a and or b", 7, 26, "syntax", "a value is expected here in `a and or b`", NULL},
    {"a == nil", 7, 25, "syntax", "a value is expected here in `a == nil`",
     "to ask whether there is an answer write answered(item)"},
    {"if a then b", 7, 20, "syntax", "a value is expected here in `if a then b`", NULL},
    {"a b", 7, 22, "syntax", "something is left over after the expression in `a b`", NULL},
    {"a)", 7, 21, "syntax", "something is left over after the expression in `a)`", NULL},
    {"(a + b", 7, 26, "syntax", "a closing ) is missing in `(a + b`", NULL},
    {"f(a, b", 7, 26, "syntax", "a closing ) is missing after the arguments in `f(a, b`", NULL},
    {"f(a,)", 7, 24, "syntax", "a value is expected here in `f(a,)`", NULL},
    {"f(a b)", 7, 24, "syntax", "a closing ) is missing after the arguments in `f(a b)`", NULL},
    {"t[a", 7, 23, "syntax", "a closing ] is missing in `t[a`", NULL},
    {"a.", 7, 22, "syntax", "a name is expected after the point in `a.`", NULL},
    {"a.1", 7, 22, "syntax", "a name is expected after the point in `a.1`", NULL},
    {"a.'b'", 7, 22, "syntax", "a name is expected after the point in `a.'b'`", NULL},
    {"a.b(c)", 7, 23, "syntax", "something is left over after the expression in `a.b(c)`", NULL},
    {"a = 1", 7, 22, "syntax", "an unexpected character in `a = 1`", "to compare, write =="},
    {"a != 1", 7, 22, "syntax", "an unexpected character in `a != 1`", "not equal is written ~="},
    {"a && b", 7, 22, "syntax", "an unexpected character in `a && b`", "write the words: and, or"},
    {"a || b", 7, 22, "syntax", "an unexpected character in `a || b`", "write the words: and, or"},
    {"a ^ 2", 7, 22, "syntax", "an unexpected character in `a ^ 2`",
     "see the list of operators in docs/rule-author.md"},
    {"a ~ b", 7, 22, "syntax", "an unexpected character in `a ~ b`",
     "see the list of operators in docs/rule-author.md"},
    {"#a", 7, 20, "syntax", "an unexpected character in `#a`", "see the list of operators in docs/rule-author.md"},
    {"a == \xC3\xA9", 7, 25, "syntax", "an unexpected character in `a == \xC3\xA9`",
     "see the list of operators in docs/rule-author.md"},
    {"a == 'x", 7, 25, "syntax", "a word in quotes does not end in `a == 'x`", "close it with the same quote"},
    {"a == 'x\"", 7, 25, "syntax", "a word in quotes does not end in `a == 'x\"`", "close it with the same quote"},
    {"a == 'x\\", 7, 25, "syntax", "a word in quotes does not end in `a == 'x\\`", "close it with the same quote"},
    {"a == 'x\\n'", 7, 27, "syntax", "unknown escape in `a == 'x\\n'`", "in words only \\\\ \\' \\\" are escapes"},
    {"a > 12x", 7, 24, "syntax", "a malformed number in `a > 12x`",
     "write plain digits, with one point for decimals: 1450.50"},
    {"a > 1.2.3", 7, 24, "syntax", "a malformed number in `a > 1.2.3`",
     "write plain digits, with one point for decimals: 1450.50"},
    {"a > 1e3", 7, 24, "syntax", "a malformed number in `a > 1e3`",
     "write plain digits, with one point for decimals: 1450.50"},
    {"a > 0x10", 7, 24, "syntax", "a malformed number in `a > 0x10`",
     "write plain digits, with one point for decimals: 1450.50"},
    {"a > 1.", 7, 24, "syntax", "a malformed number in `a > 1.`",
     "write plain digits, with one point for decimals: 1450.50"},
    {"a > .5", 7, 24, "syntax", "a value is expected here in `a > .5`", NULL},
    {"a --b", 7, 22, "syntax", "two minus signs in a row in `a --b`", "put a space or ( ) between them"},
    {"a\n  and\n  = b", 9, 3, "syntax", "an unexpected character in `a and = b`", "to compare, write =="},
};

static void parse_fails(const char *text, struct ask_place at, struct ask_place wanted, const char *code,
                        const char *message, const char *hint) {
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  ck_assert_ptr_null(ask_ast_parse(arena, text, at, &problems));
  ck_assert_uint_eq(problems.count, 1);
  const struct ask_problem *p = &problems.list[0];
  ck_assert_str_eq(p->message, message);
  ck_assert_str_eq(p->code, code);
  ck_assert_pstr_eq(p->hint, hint);
  ck_assert_pstr_eq(p->at.file, wanted.file);
  ck_assert_int_eq(p->at.line, wanted.line);
  ck_assert_int_eq(p->at.column, wanted.column);
  ask_arena_free(arena);
}

START_TEST(says_what_is_wrong_and_where) {
  parse_fails(mistakes[_i].text, (struct ask_place){"rule.lua", 7, 20},
              (struct ask_place){"rule.lua", mistakes[_i].line, mistakes[_i].column}, mistakes[_i].code,
              mistakes[_i].message, mistakes[_i].hint);
}
END_TEST

/* Where only the line is known, no column is made up. */
START_TEST(column_unknown_stays_unknown) {
  parse_fails("a\n+ +", (struct ask_place){"form.yaml", 3, 0}, (struct ask_place){"form.yaml", 4, 0}, "syntax",
              "a value is expected here in `a + +`", NULL);
}
END_TEST

/* ---- limits ---- */

/* prefix, then `repeated` count times, middle, `closing` count times. */
static char *nest(struct ask_arena *arena, const char *repeated, int count, const char *middle, const char *closing) {
  struct ask_buffer b = {0};
  for (int i = 0; i < count; i++) ask_buffer_puts(&b, repeated);
  ask_buffer_puts(&b, middle);
  for (int i = 0; i < count; i++) ask_buffer_puts(&b, closing);
  char *text = ask_strndup(arena, b.bytes, b.length);
  ask_buffer_free(&b);
  return text;
}

static const char *code_of(const char *text) {
  static char code[32];
  struct ask_arena *arena = ask_arena_new();
  struct ask_problems problems = {.arena = arena};
  struct ask_ast *ast = ask_ast_parse(arena, text, ASK_NOWHERE, &problems);
  ck_assert_uint_eq(problems.count, ast ? 0 : 1);
  snprintf(code, sizeof code, "%s", ast ? "fine" : problems.list[0].code);
  ask_arena_free(arena);
  return code;
}

START_TEST(depth_is_bounded) {
  struct ask_arena *arena = ask_arena_new();
  static const struct {
    const char *open, *close;
    int fine;
  } nests[] = {{"(", ")", 31}, {"not ", "", 62}, {"- ", "", 62}, {"f(", ")", 31}, {"t[", "]", 31}, {"a + (", ")", 20}};
  for (int i = 0; i < COUNT(nests); i++) {
    ck_assert_str_eq(code_of(nest(arena, nests[i].open, nests[i].fine, "a", nests[i].close)), "fine");
    ck_assert_str_eq(code_of(nest(arena, nests[i].open, 64, "a", nests[i].close)), "too-deep");
    ck_assert_str_eq(code_of(nest(arena, nests[i].open, 300, "a", nests[i].close)), "too-deep");
  }
  ck_assert_str_eq(code_of(nest(arena, "a.", 400, "a", "")), "fine");
  ask_arena_free(arena);
}
END_TEST

START_TEST(nodes_are_bounded) {
  struct ask_arena *arena = ask_arena_new();
  ck_assert_str_eq(code_of(nest(arena, "a+", 499, "a", "")), "fine"); /* 500 names, 499 operators */
  ck_assert_str_eq(code_of(nest(arena, "a+", 500, "a", "")), "too-large");
  ask_arena_free(arena);
}
END_TEST

START_TEST(length_is_bounded) {
  struct ask_arena *arena = ask_arena_new();
  ck_assert_str_eq(code_of(nest(arena, " ", ASK_AST_MAX_LENGTH - 1, "a", "")), "fine");
  ck_assert_str_eq(code_of(nest(arena, " ", ASK_AST_MAX_LENGTH, "a", "")), "too-large");
  ask_arena_free(arena);
}
END_TEST

int main(void) {
  Suite *suite = suite_create("parsing expressions");
  TCase *cases = tcase_create("parse");
  tcase_add_loop_test(cases, groups_as_lua_does, 0, COUNT(shapes));
  tcase_add_loop_test(cases, says_what_is_wrong_and_where, 0, COUNT(mistakes));
  tcase_add_test(cases, column_unknown_stays_unknown);
  tcase_add_test(cases, depth_is_bounded);
  tcase_add_test(cases, nodes_are_bounded);
  tcase_add_test(cases, length_is_bounded);
  suite_add_tcase(suite, cases);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_NORMAL);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed != 0;
}

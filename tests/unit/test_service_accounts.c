/* Users: added, changed, listed; what a name, a role and a password have to be; who may not be the last. */
#include <check.h>
#include <stdlib.h>

#include "base/password.h"
#include "unit/support_accounts.h"

static struct support_accounts s;
static void open_one(void) { support_accounts_open(&s); }
static void close_one(void) { support_accounts_close(&s); }

static enum ask_account_status add(struct ask_user *user, const char *password, const char **ret_made) {
  return ask_user_add(s.accounts, s.session, user, password, s.now, s.arena, ret_made, &s.problems);
}

/* ---- adding -------------------------------------------------------------------------------------------------------- */

START_TEST(a_password_is_made) {
  struct ask_user user = {
      .name = " Maria.Lopez ", .full_name = "María López", .language = "es", .roles = ASK_ROLE_WORKER};
  const char *made = NULL, *other = NULL;
  ck_assert_int_eq(add(&user, NULL, &made), ASK_ACCOUNT_OK);
  ck_assert_str_eq(user.name, "maria.lopez");
  ck_assert_int_eq(user.version, 1);
  ck_assert_int_eq(user.created, s.now);
  ck_assert(user.change_password);
  ck_assert_uint_eq(strlen(made), 19);
  for (size_t i = 0; i < 19; i++) ck_assert(i % 5 == 4 ? made[i] == '-' : made[i] >= 'b' && made[i] <= 'x');
  struct ask_user second = {.name = "second", .roles = ASK_ROLE_WORKER};
  ck_assert_int_eq(add(&second, NULL, &other), ASK_ACCOUNT_OK);
  ck_assert_str_ne(made, other);
  ck_assert_str_eq(second.full_name, "second");

  s.now += MINUTE;
  ck_assert_int_eq(support_sign_in(&s, "maria.lopez", other), ASK_ACCOUNT_WRONG);
  ck_assert_int_eq(support_sign_in(&s, "maria.lopez", made), ASK_ACCOUNT_OK);
  ck_assert(s.info.user.change_password);
  ck_assert_str_eq(s.info.user.full_name, "María López");
  ck_assert_str_eq(s.info.user.language, "es");
  ck_assert_mem_eq(&s.info.user.id, &user.id, sizeof user.id);
  /* nobody's password is in the store as it is */
  ck_assert_int_ne(system(ask_printf(s.arena, "grep -qrF %s %s", made, s.folder)), 0);
  ck_assert_int_eq(system(ask_printf(s.arena, "grep -qrF argon2id %s", s.folder)), 0);
}
END_TEST

START_TEST(a_name_is_one_users) {
  const char *made;
  struct ask_user maria = support_user(&s, "maria", ASK_ROLE_WORKER, PASSWORD);
  struct ask_user other = {.name = "MARIA", .roles = ASK_ROLE_NURSE};
  ck_assert_int_eq(add(&other, PASSWORD, &made), ASK_ACCOUNT_TAKEN);
  struct ask_user found = support_user_now(&s, "Maria");
  ck_assert_mem_eq(&found.id, &maria.id, sizeof maria.id);
  ck_assert_uint_eq(found.roles, ASK_ROLE_WORKER);
  ck_assert_int_eq(ask_user_find(s.session, "mario", s.arena, &found), ASK_ACCOUNT_NOT_FOUND);
  ck_assert_int_eq(ask_user_find(s.session, "no name at all", s.arena, &found), ASK_ACCOUNT_NOT_FOUND);
  struct ask_uuid nobody = {{1}};
  ck_assert_int_eq(ask_user_get(s.session, &nobody, s.arena, &found), ASK_ACCOUNT_NOT_FOUND);
}
END_TEST

static void refused(struct ask_user user, const char *password, const char *problem) {
  const char *made = "unchanged";
  struct ask_user given = user;
  ck_assert_int_eq(add(&given, password, &made), ASK_ACCOUNT_REFUSED);
  const char *said = support_problem(&s);
  ck_assert_msg(strcmp(said, problem) == 0, "it says: %s\nnot:     %s", said, problem);
  ck_assert_str_eq(made, "unchanged");
  ck_assert_uint_eq(support_documents(&s, "user"), 0);
}

#define LETTERS_16 "abcdefghijklmnop"
#define LETTERS_64 LETTERS_16 LETTERS_16 LETTERS_16 LETTERS_16
START_TEST(what_a_user_has_to_be) {
  struct ask_user good = {.name = "maria", .roles = ASK_ROLE_WORKER}, user = good;
  user.name = "";
  refused(user, NULL, "name: a name is needed");
  user.name = NULL;
  refused(user, PASSWORD, "name: a name is needed");
  user.name = LETTERS_64 "q";
  refused(user, NULL, "name: the name is too long");
  const char *const names[] = {"maria lopez", "maría", "-maria", "a/b", "a\nb", "@home", "<b>"};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    user.name = names[i];
    refused(user, NULL, "name: the name to sign in with has a character that it cannot have");
  }
  user = good;
  user.full_name = "";
  refused(user, NULL, "full_name: the full name is empty");
  user.full_name = LETTERS_64 LETTERS_64;
  refused(user, NULL, "full_name: the full name is too long");
  user.full_name = "Maria\x1b[2J";
  refused(user, NULL, "full_name: the full name has a control character in it");
  user.full_name = "Maria \xc2\x9b";
  refused(user, NULL, "full_name: the full name has a control character in it");
  user.full_name = "Maria \xff";
  refused(user, NULL, "full_name: the full name is not UTF-8");
  user.full_name = "Maria ";
  refused(user, NULL, "full_name: the full name begins or ends with a blank");
  user = good;
  user.roles = 0;
  refused(user, NULL, "roles: a person needs at least one role");
  user.roles = 64;
  refused(user, NULL, "roles: a person needs at least one role");
  user.roles = ASK_ROLE_PROGRAM;
  refused(user, NULL, "program: program staff need a program");
  user.program = "../etc";
  refused(user, NULL, "program: this is no program's id");
  user.roles = ASK_ROLE_WORKER;
  user.program = "snap";
  refused(user, NULL, "program: only program staff belong to a program");
  user = good;
  user.language = "es es";
  refused(user, NULL, "language: this is no tag of a language");
  user.roles = 0;
  refused(user, "short",
          "roles: a person needs at least one role; language: this is no tag of a language; "
          "password: a password needs at least 12 characters");
}
END_TEST

START_TEST(what_a_password_has_to_be) {
  struct ask_user user = {.name = "maria@elder.org", .roles = ASK_ROLE_WORKER}, brief = {.name = "al", .roles = 1};
  const char *made;
  refused(user, "", "password: a password needs at least 12 characters");
  refused(user, "eleven char", "password: a password needs at least 12 characters");
  refused(user, LETTERS_64 LETTERS_64 LETTERS_64 "123456789", "password: a password has at most 200 bytes");
  refused(user, "violet kettle \xff", "password: the password is not UTF-8");
  refused(user, "aaaaaaaaaaaaaaaa", "password: the password repeats the same characters");
  refused(user, "abcabcabcabcabc", "password: the password repeats the same characters");
  refused(user, "my name is Maria!", "password: the password has the name to sign in with in it");
  refused(user, "Password1234", "password: this is one of the passwords that are guessed first");
  refused(user, "qwertyuiop12", "password: this is one of the passwords that are guessed first");
  /* as short, as long, and in as many letters as can be; a name of two letters is in too many words */
  ck_assert_int_eq(add(&user, "twelve chars", &made), ASK_ACCOUNT_OK);
  struct ask_user second = {.name = "second", .roles = 1}, third = {.name = "third", .roles = 1};
  ck_assert_int_eq(add(&second, LETTERS_64 LETTERS_64 LETTERS_64 "12345678", &made), ASK_ACCOUNT_OK);
  ck_assert_int_eq(add(&third, "مفتاح السلام", &made), ASK_ACCOUNT_OK);
  ck_assert_int_eq(add(&brief, "all alone always", &made), ASK_ACCOUNT_OK);
  ck_assert_int_eq(support_sign_in(&s, "second", LETTERS_64 LETTERS_64 LETTERS_64 "12345678"), ASK_ACCOUNT_OK);
  ck_assert_int_eq(support_sign_in(&s, "second", LETTERS_64 LETTERS_64 LETTERS_64 "123456789"), ASK_ACCOUNT_WRONG);
  ck_assert_int_eq(support_sign_in(&s, "third", "مفتاح السلام"), ASK_ACCOUNT_OK);
}
END_TEST

START_TEST(roles_in_words) {
  unsigned roles = 0;
  const char *unknown = NULL;
  ck_assert(ask_roles_read(s.arena, "nurse, worker", &roles, &unknown));
  ck_assert_uint_eq(roles, ASK_ROLE_NURSE | ASK_ROLE_WORKER);
  ck_assert_str_eq(ask_roles_text(s.arena, roles), "worker,nurse");
  ck_assert(ask_roles_read(s.arena, "program_staff,auditor,administrator,supervisor", &roles, &unknown));
  ck_assert_uint_eq(roles, ASK_ROLE_PROGRAM | ASK_ROLE_AUDITOR | ASK_ROLE_ADMINISTRATOR | ASK_ROLE_SUPERVISOR);
  ck_assert(!ask_roles_read(s.arena, "worker,nurs", &roles, &unknown));
  ck_assert_str_eq(unknown, "nurs");
  ck_assert(!ask_roles_read(s.arena, "", &roles, &unknown));
  ck_assert_str_eq(unknown, "");
  ck_assert(!ask_roles_read(s.arena, "worker,,nurse", &roles, &unknown));
  ck_assert_ptr_null(ask_role_word(6));
}
END_TEST

/* ---- listing and changing -------------------------------------------------------------------------------------------- */

START_TEST(a_list_by_name) {
  struct ask_user *users;
  size_t count;
  ck_assert_int_eq(ask_user_list(s.session, s.arena, &users, &count), ASK_ACCOUNT_OK);
  ck_assert_uint_eq(count, 0);
  support_user(&s, "walter", ASK_ROLE_PROGRAM, PASSWORD);
  support_user(&s, "anna", ASK_ROLE_WORKER, PASSWORD);
  s.now += HOUR;
  support_sign_in(&s, "anna", PASSWORD);
  s.now += HOUR;
  ck_assert_int_eq(support_sign_in(&s, "anna", PASSWORD), ASK_ACCOUNT_OK);
  ck_assert_int_eq(ask_user_list(s.session, s.arena, &users, &count), ASK_ACCOUNT_OK);
  ck_assert_uint_eq(count, 2);
  ck_assert_str_eq(users[0].name, "anna");
  ck_assert_int_eq(users[0].signed_in, s.now);
  ck_assert_int_eq(users[0].version, 1); /* signing in is no change of the user */
  ck_assert_str_eq(users[1].name, "walter");
  ck_assert_str_eq(users[1].program, "snap");
  ck_assert_int_eq(users[1].signed_in, 0);
  ck_assert_int_eq(support_user_now(&s, "anna").signed_in, s.now);
  struct ask_buffer text = {0};
  ask_users_write(&text, users + 1, 1);
  ck_assert_ptr_nonnull(strstr(text.bytes, "\"name\":\"walter\",\"full_name\":\"walter\",\"roles\":[\"program_staff\"],"
                                           "\"program\":\"snap\",\"language\":null,\"disabled\":false"));
  ck_assert_ptr_null(strstr(text.bytes, "argon2"));
  ask_buffer_free(&text);
}
END_TEST

START_TEST(a_change_is_of_the_version_that_was_seen) {
  struct ask_user user = support_user(&s, "maria", ASK_ROLE_WORKER, PASSWORD), old = user;
  user.full_name = "María López";
  user.roles = ASK_ROLE_WORKER | ASK_ROLE_SUPERVISOR;
  user.language = "es";
  user.name = "another";       /* is not changed */
  user.change_password = true; /* nor this */
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  ck_assert_int_eq(user.version, 2);
  ck_assert_int_eq(ask_user_change(s.session, &old, s.now, s.arena, &s.problems), ASK_ACCOUNT_CONFLICT);
  struct ask_user now = support_user_now(&s, "maria");
  ck_assert_str_eq(now.full_name, "María López");
  ck_assert_str_eq(now.language, "es");
  ck_assert_uint_eq(now.roles, ASK_ROLE_WORKER | ASK_ROLE_SUPERVISOR);
  ck_assert(!now.change_password);
  user.roles = 0;
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_REFUSED);
  ck_assert_str_eq(support_problem(&s), "roles: a person needs at least one role");
  user.id = (struct ask_uuid){{1}};
  ck_assert_int_eq(ask_user_change(s.session, &user, s.now, s.arena, &s.problems), ASK_ACCOUNT_NOT_FOUND);
  ck_assert_int_eq(support_sign_in(&s, "maria", PASSWORD), ASK_ACCOUNT_OK);
}
END_TEST

START_TEST(somebody_can_always_administer) {
  struct ask_user boss = support_user(&s, "boss", ASK_ROLE_ADMINISTRATOR | ASK_ROLE_WORKER, PASSWORD), changed = boss;
  struct ask_user worker = support_user(&s, "worker", ASK_ROLE_WORKER, PASSWORD);
  changed.disabled = true;
  ck_assert_int_eq(ask_user_change(s.session, &changed, s.now, s.arena, &s.problems), ASK_ACCOUNT_LAST);
  changed = boss;
  changed.roles = ASK_ROLE_WORKER;
  ck_assert_int_eq(ask_user_change(s.session, &changed, s.now, s.arena, &s.problems), ASK_ACCOUNT_LAST);
  ck_assert_int_eq(support_user_now(&s, "boss").version, 1);
  worker.disabled = true; /* others may be */
  ck_assert_int_eq(ask_user_change(s.session, &worker, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  worker.roles |= ASK_ROLE_ADMINISTRATOR; /* one who is disabled does not count */
  ck_assert_int_eq(ask_user_change(s.session, &worker, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  ck_assert_int_eq(ask_user_change(s.session, &changed, s.now, s.arena, &s.problems), ASK_ACCOUNT_LAST);
  worker.disabled = false;
  ck_assert_int_eq(ask_user_change(s.session, &worker, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  ck_assert_int_eq(ask_user_change(s.session, &changed, s.now, s.arena, &s.problems), ASK_ACCOUNT_OK);
  worker.disabled = true;
  ck_assert_int_eq(ask_user_change(s.session, &worker, s.now, s.arena, &s.problems), ASK_ACCOUNT_LAST);
}
END_TEST

/* ---- hashes -------------------------------------------------------------------------------------------------------- */

START_TEST(hashes) {
  char first[ASK_PASSWORD_HASH], second[ASK_PASSWORD_HASH];
  struct ask_text right = {"violet kettle", 13}, wrong = {"violet kettlf", 13}, longer = {"violet kettle\0", 14};
  ck_assert(ask_password_hash(right, first));
  ck_assert(ask_password_hash(right, second));
  ck_assert_str_ne(first, second);
  ck_assert_ptr_eq(strstr(first, "$argon2id$v=19$m=65536,t=2,p=1$"), first);
  ck_assert(ask_password_check(right, first));
  ck_assert(ask_password_check(right, second));
  ck_assert(!ask_password_check(wrong, first));
  ck_assert(!ask_password_check(longer, first));
  ck_assert(!ask_password_check(right, NULL));
  ck_assert(!ask_password_check(right, "no hash"));
  ck_assert(!ask_password_is_old(first));
  ck_assert(ask_password_is_old("no hash"));
}
END_TEST

/* "an older password", in 8 MB and one pass */
static const char OLDER[] =
    "{\"name\":\"maria\",\"full_name\":\"Maria\",\"roles\":\"worker\",\"created\":1,\"passwords\":1,"
    "\"password\":\"$argon2id$v=19$m=8192,t=1,p=1$LLhGDXsxTFAc4lgLEyJS2Q$"
    "yAclLuAtr9ow4TCXreumRbxfyE+yNc2EyBknGkM156I\"}";

START_TEST(a_hash_of_older_parameters_is_made_anew) {
  struct ask_user user = support_user(&s, "maria", ASK_ROLE_WORKER, PASSWORD);
  struct ask_document document = {
      .kind = "user", .id = user.id, .version = 2, .at = s.now, .body = {OLDER, sizeof OLDER - 1}};
  struct ask_document_key key = {{"name:maria", 10}, true};
  ck_assert_int_eq(ask_store_document_put(s.session, &document, &key, 1), ASK_STORE_OK);
  ck_assert_int_eq(support_sign_in(&s, "maria", "another password"), ASK_ACCOUNT_WRONG);
  for (int i = 0; i < 2; i++) {
    ck_assert_int_eq(support_sign_in(&s, "maria", "an older password"), ASK_ACCOUNT_OK);
    ck_assert_int_eq(ask_store_document_get(s.session, "user", &user.id, s.arena, &document), ASK_STORE_OK);
    ck_assert_int_eq(document.version, 3);
    const char *body = ask_strndup(s.arena, document.body.bytes, document.body.length);
    ck_assert_ptr_nonnull(strstr(body, "m=65536,t=2"));
    ck_assert_int_eq(support_look(&s, s.token), ASK_ACCOUNT_OK);
  }
}
END_TEST

int main(void) {
  Suite *suite = suite_create("service accounts");
  TCase *tcase = tcase_create("users");
  tcase_set_timeout(tcase, 60);
  tcase_add_checked_fixture(tcase, open_one, close_one);
  tcase_add_test(tcase, a_password_is_made);
  tcase_add_test(tcase, a_name_is_one_users);
  tcase_add_test(tcase, what_a_user_has_to_be);
  tcase_add_test(tcase, what_a_password_has_to_be);
  tcase_add_test(tcase, roles_in_words);
  tcase_add_test(tcase, a_list_by_name);
  tcase_add_test(tcase, a_change_is_of_the_version_that_was_seen);
  tcase_add_test(tcase, somebody_can_always_administer);
  tcase_add_test(tcase, hashes);
  tcase_add_test(tcase, a_hash_of_older_parameters_is_made_anew);
  suite_add_tcase(suite, tcase);
  SRunner *runner = srunner_create(suite);
  srunner_run_all(runner, CK_ENV);
  int failed = srunner_ntests_failed(runner);
  srunner_free(runner);
  return failed ? EXIT_FAILURE : EXIT_SUCCESS;
}

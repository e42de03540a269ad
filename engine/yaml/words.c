/* The keys of the YAML files, gathered from the grammars. */
#include "yaml/words.h"

#include "yaml/keys.h"

bool ask_yaml_word(enum ask_yaml_file file, size_t record, size_t key, const char **ret_record, const char **ret_key,
                   const char **ret_kind, bool *ret_required, bool *ret_more) {
  static const struct ask_yaml_record *const *const files[] = {
      [ASK_YAML_FORM_FILE] = ask_yaml_records_form,
      [ASK_YAML_INSTRUMENT_FILE] = ask_yaml_records_instrument,
      [ASK_YAML_PARAMETERS_FILE] = ask_yaml_records_parameters,
      [ASK_YAML_CASES_FILE] = ask_yaml_records_cases,
      [ASK_YAML_CALENDAR_FILE] = ask_yaml_records_calendar,
  };
  static const char *const kinds[] = {[ASK_YAML_TEXT] = "a text",
                                      [ASK_YAML_NAME] = "a name",
                                      [ASK_YAML_BOOL] = "true or false",
                                      [ASK_YAML_COUNT] = "a number",
                                      [ASK_YAML_DATE] = "a date",
                                      [ASK_YAML_EXPR] = "an expression",
                                      [ASK_YAML_WORDS] = "a list of texts",
                                      [ASK_YAML_RECORDS] = "a list",
                                      [ASK_YAML_RAW] = NULL,
                                      [ASK_YAML_OWN] = NULL};
  const struct ask_yaml_record *const *records = files[file];
  for (size_t i = 0; i <= record; i++)
    if (!records[i]) {
      *ret_more = false;
      return false;
    }
  *ret_more = true;
  *ret_record = records[record]->what;
  if (key >= records[record]->key_count) return false;
  const struct ask_yaml_key *found = &records[record]->keys[key];
  *ret_key = found->name;
  *ret_kind = kinds[found->kind];
  *ret_required = found->required;
  return true;
}

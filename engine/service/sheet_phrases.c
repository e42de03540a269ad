/* The phrases of which sheets are made. Each is whole, with {placeholders} for what it says something about, so that a language
 * can put them in its own order; the English one is the key of its translation, which stands with those of the interface
 * (web/locales/). What a program, the form or a parameter says itself is translated where it belongs. */
#include <stdarg.h>
#include <string.h>

#include "service/sheet_parts.h"

const char *const ask_sheet_phrases[] = {
    /* headings */
    "Who can get it",
    "When somebody has to judge",
    "Then the result is “possible”, not “likely”:",
    "How fast",
    "Next step",
    "What to bring",
    "What is worked out",
    "What it cannot do",
    "Looked at again",
    "Contact",
    "Not verified",
    "The rule in full",
    "What must hold, exactly",
    "What somebody has to judge, exactly",
    "How fast, exactly",
    "What to bring, exactly",
    "Next step, exactly",
    "Good to know",
    "What is worked out, exactly",
    "Worked out step by step",
    "What follows from the answers",
    "Numbers and where they come from",
    "Questions it may need",
    /* criteria */
    "all of these",
    "at least one of these",
    "none of these",
    "at least {count} of these",
    "{how}:",
    "{text}: {how}:",
    "today {amounts}",
    "worked out step by step from {names}",
    /* what follows */
    "if {condition}",
    "in all other cases",
    "otherwise",
    "{level}: {time}",
    "the same day",
    "within 1 hour",
    "within {count} hours",
    "within 1 day",
    "within {count} days",
    "within 1 business day",
    "within {count} business days",
    "An amount of money",
    "{amount}, once",
    "{amount}, each month",
    "{amount}, each year",
    "A score",
    "A score, the sum of its points",
    "Points",
    "{points}, if {condition}",
    "Every month",
    "Every year",
    "Every {count} months",
    /* the small print */
    "What",
    "On this day",
    "Since",
    "Source",
    "no value in force",
    "{amount} (not verified)",
    "not verified",
    "The source of this rule as a whole has not been read.",
    "Of 1 statement on this sheet, marked “not verified”, nobody has read the source.",
    "Of {count} statements on this sheet, marked “not verified”, nobody has read the source.",
    "This program does not load: {reason}",
    "As of {date}. Rule {program} {version} ({hash}). A screen, not a decision: only the agency decides. A question without "
    "an answer never counts as no.",
    "without a version",
    "Programs",
    "{count} programs",
    "As of {date}. A screen, not a decision: only the agency decides.",
    /* numbers */
    "{month} {day}, {year}",
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
    "{amount} for {key}",
    "{amount} for {key} person",
    "{amount} for {key} people",
    "{amount} for each more",
    "{amount} for each more person",
    "{key}: {amount}",
    "{list}, {next}",
    "{list}, and so on",
    /* what an expression is about */
    "“{text}”",
    "‘{title}’",
    "‘{title}’ (no value on this day)",
    "{name}",
    "{date}",
    "the {owner}'s {field}",
    "it",
    "the day of the assessment",
    "the result of {program}",
    "likely",
    "possible",
    "unlikely",
    "need info",
    "withheld",
    "error",
    "always",
    "never",
    "these ({list})",
    /* what it says of it */
    "{question} is yes",
    "{question} is no",
    "not {condition}",
    "{a} and {b}",
    "{a} or {b}",
    "{value} if {condition}, otherwise {other}",
    "{a} is {b}",
    "{a} is not {b}",
    "{a} is less than {b}",
    "{a} is at most {b}",
    "{a} is more than {b}",
    "{a} is at least {b}",
    "{a} is before {b}",
    "{a} is on or before {b}",
    "{a} is after {b}",
    "{a} is on or after {b}",
    "{a} is neither {list}",
    "{list} or {last}",
    "{list} nor {last}",
    "{question} is answered",
    "the person would rather not answer {question}",
    "{question} includes {answer}",
    "for at least one of {list}: {condition}",
    "for each of {list}: {condition}",
    /* what it computes */
    "{a} plus {b}",
    "{a} less {b}",
    "{a} times {b}",
    "{a} divided by {b}",
    "{a} divided (rounded down) by {b}",
    "{a} modulo {b}",
    "minus {a}",
    "the number of entries in {list}",
    "the number of answers in {list}",
    "the number of entries in {list} where {condition}",
    "the number of {list} where {condition}",
    "the total of {value} over {list}",
    "the total of {value} over {list} where {condition}",
    "full years from {from} to {to}",
    "full months from {from} to {to}",
    "{count} months after {day}",
    "{count} business days after {day}",
    "the year of {day}",
    "{value}, rounded down",
    "{value}, rounded up",
    "{value}, rounded",
    "the size of {value}, without its sign",
    "{value}, but not below 0",
    "the largest of: {list}",
    "the smallest of: {list}",
    "{list}; {next}",
    "{list}; and {last}",
    "{table} for {key}",
};
const size_t ask_sheet_phrase_count = sizeof ask_sheet_phrases / sizeof *ask_sheet_phrases;

enum { MOST_VALUES = 8 };

const char *ask_phrase(const struct ask_wording *w, const char *english, ...) {
  const char *names[MOST_VALUES], *values[MOST_VALUES],
      *found = w->locale ? ask_locale_interface(w->locale, english) : NULL;
  size_t count = 0;
  va_list list;
  va_start(list, english);
  for (const char *name; count < MOST_VALUES && (name = va_arg(list, const char *)); count++) {
    names[count] = name;
    values[count] = va_arg(list, const char *);
  }
  va_end(list);
  return ask_locale_fill(w->arena, found ? found : english, names, values, count);
}

const char *ask_own_words(const struct ask_wording *w, const struct ask_program_spec *program, const char *english) {
  const char *found = NULL;
  if (w->locale && english)
    found = ask_locale_find(w->locale, program ? program->pack : NULL, program ? program->id : NULL, english);
  return found ? found : english;
}

const char *ask_words(const struct ask_wording *w, const char *english) {
  return ask_own_words(w, w->program ? w->program->spec : NULL, english);
}

const char *ask_item_words(const struct ask_wording *w, const struct ask_item *item, const char *english) {
  return item->program < 0 ? ask_words(w, english)
                           : ask_own_words(w, w->catalogue->programs[item->program].spec, english);
}

const char *ask_joined(const struct ask_wording *w, const char *list, const char *next) {
  return *list ? ask_phrase(w, "{list}, {next}", "list", list, "next", next, NULL) : next;
}

/* An impact run as a page that stands alone. Everything that comes from rules or households is escaped. */
#include <stdio.h>
#include <string.h>

#include "base/date.h"
#include "base/html.h"
#include "service/impact.h"

static const char STYLE[] =
    "body{font:16px/1.5 system-ui,sans-serif;color:#1b1b1b;max-width:62rem;margin:2rem auto;padding:0 1rem}"
    "h1{font-size:1.8rem;line-height:1.2;margin:0 0 .5rem}h2{font-size:1.25rem;margin:2rem 0 .5rem}h3{font-size:1rem;margin:1.2rem 0 .2rem}"
    ".lead{color:#565c65;margin:0 0 1.5rem}.figures{display:flex;flex-wrap:wrap;gap:1rem;padding:0;list-style:none}"
    ".figures li{border:1px solid #dfe1e2;border-radius:4px;padding:.6rem 1rem;min-width:8rem}"
    ".figures b{display:block;font-size:1.5rem}table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}"
    "caption{text-align:left;color:#565c65;padding:.3rem 0}th,td{border-bottom:1px solid #dfe1e2;padding:.35rem .5rem;text-align:right;vertical-align:top}"
    "th:first-child,td:first-child{text-align:left}thead th{border-bottom:2px solid #565c65;font-size:.85rem}"
    ".gain{color:#00702e}.loss{color:#b50909}.ask{color:#7a5900}svg{max-width:100%;height:auto}"
    "ul.why{margin:.1rem 0 .4rem;padding-left:1.2rem}.example{border-left:4px solid #dfe1e2;padding-left:.8rem;margin:.6rem 0}"
    "@media print{body{margin:0;font-size:11pt}h2,h3{break-after:avoid}.example,tr{break-inside:avoid}}";

static const char *const HEADINGS[] = {"Gains",         "Loses",         "Has to be asked more", "Is ruled out",
                                       "Other changes", "Larger amount", "Smaller amount"};

static void grouped(struct ask_buffer *out, int64_t number) {
  char digits[24];
  int length = snprintf(digits, sizeof digits, "%lld", (long long)number);
  for (int i = 0; i < length; i++) {
    if (i && (length - i) % 3 == 0) ask_buffer_putc(out, ',');
    ask_buffer_putc(out, digits[i]);
  }
}

static void dollars(struct ask_buffer *out, int64_t cents) {
  ask_buffer_putc(out, '$');
  grouped(out, cents / 100);
  ask_buffer_printf(out, ".%02d", (int)(cents % 100));
}

static bool moved(const struct ask_impact_program *p) {
  for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++)
    if (p->kinds[kind]) return true;
  return false;
}

static void figure(struct ask_buffer *out, int64_t number, const char *what) {
  ask_buffer_puts(out, "<li><b>");
  grouped(out, number);
  ask_buffer_printf(out, "</b>%s</li>", what);
}

/* ---- the chart: to the left who loses, to the right who gains, below them who has to be asked more ---------------------- */

enum { NAME_WIDTH = 250, HALF = 280, ROW = 26, CHART = NAME_WIDTH + 2 * HALF + 20 };

static void bar(struct ask_buffer *out, double x, double width, int y, const char *colour, int64_t number, bool left) {
  if (!number) return;
  ask_buffer_printf(out, "<rect x=\"%.1f\" y=\"%d\" width=\"%.1f\" height=\"14\" fill=\"%s\"/>", x, y, width, colour);
  ask_buffer_printf(out, "<text x=\"%.1f\" y=\"%d\" font-size=\"11\" text-anchor=\"%s\">", left ? x - 3 : x + width + 3,
                    y + 11, left ? "end" : "start");
  grouped(out, number);
  ask_buffer_puts(out, "</text>");
}

static void chart(struct ask_buffer *out, const struct ask_impact *impact) {
  int64_t most = 1;
  int rows = 0;
  for (size_t i = 0; i < impact->program_count; i++) {
    const int64_t *k = impact->programs[i].kinds;
    int64_t right = k[ASK_IMPACT_GAINS] + k[ASK_IMPACT_TO_NEED_INFO];
    most = right > most ? right : most;
    most = k[ASK_IMPACT_LOSES] > most ? k[ASK_IMPACT_LOSES] : most;
    rows += k[ASK_IMPACT_GAINS] || k[ASK_IMPACT_LOSES] || k[ASK_IMPACT_TO_NEED_INFO];
  }
  if (!rows) return;
  ask_buffer_printf(out,
                    "<h2>Who gains and who loses</h2><svg viewBox=\"0 0 %d %d\" width=\"%d\" role=\"img\" "
                    "aria-label=\"Households that gain, lose or have to be asked more, by program; the table below "
                    "has the same numbers\" font-family=\"system-ui,sans-serif\">",
                    CHART, rows * ROW + 30, CHART);
  ask_buffer_printf(out,
                    "<text x=\"%d\" y=\"12\" font-size=\"12\" text-anchor=\"end\" fill=\"#b50909\">lose</text>"
                    "<text x=\"%d\" y=\"12\" font-size=\"12\" fill=\"#00702e\">gain</text>"
                    "<text x=\"%d\" y=\"12\" font-size=\"12\" fill=\"#7a5900\">have to be asked more</text>",
                    NAME_WIDTH + HALF - 6, NAME_WIDTH + HALF + 6, NAME_WIDTH + HALF + 50);
  double scale = (HALF - 60) / (double)most;
  int y = 24;
  for (size_t i = 0; i < impact->program_count; i++) {
    const struct ask_impact_program *p = &impact->programs[i];
    double gains = (double)p->kinds[ASK_IMPACT_GAINS] * scale, loses = (double)p->kinds[ASK_IMPACT_LOSES] * scale,
           asked = (double)p->kinds[ASK_IMPACT_TO_NEED_INFO] * scale, middle = NAME_WIDTH + HALF;
    if (!p->kinds[ASK_IMPACT_GAINS] && !p->kinds[ASK_IMPACT_LOSES] && !p->kinds[ASK_IMPACT_TO_NEED_INFO]) continue;
    ask_buffer_printf(out, "<text x=\"0\" y=\"%d\" font-size=\"12\">", y + 11);
    ask_html_text(out, p->id);
    ask_buffer_puts(out, "</text>");
    bar(out, middle - loses, loses, y, "#d83933", p->kinds[ASK_IMPACT_LOSES], true);
    bar(out, middle, gains, y, "#00a91c", p->kinds[ASK_IMPACT_GAINS], false);
    double start = middle + gains + (p->kinds[ASK_IMPACT_GAINS] ? 45 : 0);
    bar(out, start, asked, y, "#ffbe2e", p->kinds[ASK_IMPACT_TO_NEED_INFO], false);
    y += ROW;
  }
  ask_buffer_printf(out, "<line x1=\"%d\" y1=\"18\" x2=\"%d\" y2=\"%d\" stroke=\"#565c65\"/></svg>", NAME_WIDTH + HALF,
                    NAME_WIDTH + HALF, y);
}

/* ---- tables -------------------------------------------------------------------------------------------------------- */

static void cell(struct ask_buffer *out, int64_t number, const char *style) {
  ask_buffer_printf(out, "<td%s%s%s>", number && *style ? " class=\"" : "", number ? style : "",
                    number && *style ? "\"" : "");
  grouped(out, number);
  ask_buffer_puts(out, "</td>");
}

static void table(struct ask_buffer *out, const struct ask_impact *impact) {
  size_t still = 0;
  ask_buffer_puts(
      out, "<h2>By program</h2><table><caption>Households. Gains: likely or possible now, and was not. Loses: was "
           "likely or possible, and is not any more.</caption><thead><tr><th scope=\"col\">Program</th><th "
           "scope=\"col\">Gains</th><th scope=\"col\">Loses</th><th scope=\"col\">Has to be asked more</th><th "
           "scope=\"col\">Is ruled out</th><th scope=\"col\">Other changes</th><th scope=\"col\">Larger "
           "amount</th><th scope=\"col\">Smaller amount</th></tr></thead><tbody>");
  for (size_t i = 0; i < impact->program_count; i++) {
    const struct ask_impact_program *p = &impact->programs[i];
    if (!moved(p)) {
      still++;
      continue;
    }
    ask_buffer_puts(out, "<tr><th scope=\"row\">");
    ask_html_text(out, p->name);
    ask_buffer_puts(out, " (");
    ask_html_text(out, p->id);
    ask_buffer_puts(out, ")</th>");
    cell(out, p->kinds[ASK_IMPACT_GAINS], "gain");
    cell(out, p->kinds[ASK_IMPACT_LOSES], "loss");
    cell(out, p->kinds[ASK_IMPACT_TO_NEED_INFO], "ask");
    cell(out, p->kinds[ASK_IMPACT_RULED_OUT], "");
    cell(out, p->kinds[ASK_IMPACT_SHIFTS], "");
    for (int kind = ASK_IMPACT_MORE; kind <= ASK_IMPACT_LESS; kind++) {
      ask_buffer_puts(out, "<td>");
      grouped(out, p->kinds[kind]);
      if (p->kinds[kind]) {
        ask_buffer_puts(out, "<br>");
        dollars(out, kind == ASK_IMPACT_MORE ? p->cents_more : p->cents_less);
        if (p->amount_per) ask_buffer_puts(out, strcmp(p->amount_per, "once") == 0 ? " once" : " a ");
        if (p->amount_per && strcmp(p->amount_per, "once") != 0) ask_html_text(out, p->amount_per);
      }
      ask_buffer_puts(out, "</td>");
    }
    ask_buffer_puts(out, "</tr>");
  }
  ask_buffer_puts(out, "</tbody></table>");
  if (still) ask_buffer_printf(out, "<p>Nothing changes in %zu program%s.</p>", still, still == 1 ? "" : "s");
}

/* ---- examples ------------------------------------------------------------------------------------------------------ */

static void side(struct ask_buffer *out, const char *when, int state, const struct ask_brief *outcome,
                 const char *const *why, size_t count) {
  ask_buffer_printf(out, "<div>%s: <b>%s</b>", when, ask_impact_state_word(state));
  if (outcome->has_amount) {
    ask_buffer_puts(out, ", ");
    dollars(out, outcome->amount_cents);
  }
  if (count) ask_buffer_puts(out, "<ul class=\"why\">");
  for (size_t i = 0; i < count; i++) {
    ask_buffer_puts(out, "<li>");
    ask_html_text(out, why[i]);
    ask_buffer_puts(out, "</li>");
  }
  ask_buffer_puts(out, count ? "</ul></div>" : "</div>");
}

static void examples(struct ask_buffer *out, const struct ask_impact *impact) {
  bool any = false;
  for (size_t i = 0; i < impact->program_count; i++) {
    const struct ask_impact_program *p = &impact->programs[i];
    if (!moved(p)) continue;
    if (!any) ask_buffer_puts(out, "<h2>Households that show it</h2>");
    any = true;
    ask_buffer_puts(out, "<h3>");
    ask_html_text(out, p->name);
    ask_buffer_puts(out, "</h3>");
    for (int kind = 0; kind < ASK_IMPACT_KINDS; kind++)
      for (size_t k = 0; k < p->example_count[kind]; k++) {
        const struct ask_impact_example *e = &p->examples[kind][k];
        ask_buffer_printf(out, "<div class=\"example\"><div>%s: household %lld", HEADINGS[kind], (long long)e->line);
        if (e->id) ask_buffer_puts(out, ", ");
        ask_html_text(out, e->id);
        ask_buffer_puts(out, "</div>");
        side(out, "before", e->from_state, &e->from, e->why_from, e->why_from_count);
        side(out, "now", e->to_state, &e->to, e->why_to, e->why_to_count);
        ask_buffer_puts(out, "</div>");
      }
  }
}

void ask_impact_html(const struct ask_impact *impact, const struct ask_impact_title *title, struct ask_buffer *out) {
  char day[16];
  ask_date_text(title->as_of, day);
  ask_buffer_puts(out, "<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" "
                       "content=\"width=device-width\"><title>What a change of rules does</title><style>");
  ask_buffer_puts(out, STYLE);
  ask_buffer_puts(out, "</style></head><body><h1>What a change of rules does</h1><p class=\"lead\">From <b>");
  ask_html_text(out, title->from);
  ask_buffer_printf(out, "</b> (%.12s) to <b>", title->from_hash);
  ask_html_text(out, title->to);
  ask_buffer_printf(out, "</b> (%.12s), over <b>", title->to_hash);
  ask_html_text(out, title->input);
  ask_buffer_printf(out, "</b>, %s %s. A screen: only the agency determines.</p><ul class=\"figures\">",
                    title->as_of_wins ? "all as of" : "each as of its own day, else", day);
  figure(out, impact->households, "households");
  figure(out, impact->changed, "change in some program");
  figure(out, impact->gaining, "gain somewhere");
  figure(out, impact->losing, "lose somewhere");
  if (impact->rejected) figure(out, impact->rejected, "could not be read");
  ask_buffer_puts(out, "</ul>");
  if (impact->stopped) ask_buffer_puts(out, "<p><b>The run was stopped: these are not all households.</b></p>");
  chart(out, impact);
  table(out, impact);
  examples(out, impact);
  if (impact->reject_count) ask_buffer_puts(out, "<h2>Could not be read</h2><ul>");
  for (size_t i = 0; i < impact->reject_count; i++) {
    ask_buffer_printf(out, "<li>Line %lld: ", (long long)impact->rejects[i].line);
    ask_html_text(out, impact->rejects[i].message);
    ask_buffer_puts(out, "</li>");
  }
  if (impact->reject_count) ask_buffer_puts(out, "</ul>");
  ask_buffer_puts(out, "</body></html>\n");
}

// Parses the W1 lines with simdjson On-Demand and visits every key and value, as parse_c.c does with the C libraries.
// The only C++ of the project, and only to know what the C libraries cost against the fastest parser there is.
//
//   parse_simdjson FILE ROUNDS
#include <simdjson.h>

#include <cstdio>
#include <cstdlib>
#include <vector>

extern "C" {
#include "../w1/measure.h"
#include "visit.h"
}

namespace {

struct bench {
  std::vector<simdjson::padded_string> lines;
  simdjson::ondemand::parser parser;
};

long pass(void *context) {
  bench &b = *static_cast<bench *>(context);
  visit seen = {};
  for (const simdjson::padded_string &line : b.lines) {
    simdjson::ondemand::document document = b.parser.iterate(line);
    for (auto field : document.get_object()) {
      std::string_view key = field.unescaped_key();
      seen.keys++;
      seen.key_bytes += static_cast<long>(key.size());
      simdjson::ondemand::value value = field.value();
      switch (value.type()) {
        case simdjson::ondemand::json_type::string:
          seen.text_bytes += static_cast<long>(std::string_view(value.get_string()).size());
          break;
        case simdjson::ondemand::json_type::number:
          seen.numbers += static_cast<long>(int64_t(value.get_int64()));
          break;
        default: seen.trues += bool(value.get_bool()); break;
      }
    }
  }
  return visit_sum(&seen);
}

}  // namespace

int main(int count, char **arguments) {
  if (count != 3) {
    std::fprintf(stderr, "parse_simdjson FILE ROUNDS\n");
    return 2;
  }
  lines lines;
  if (!lines_load(arguments[1], &lines)) return 2;
  bench b;
  for (size_t i = 0; i < lines.count; i++) b.lines.emplace_back(lines.line[i], lines.length[i]);
  try {
    measure_rounds(NAME, "parse", lines.count, std::atoi(arguments[2]), pass, &b);
  } catch (const simdjson::simdjson_error &error) {
    std::fprintf(stderr, "simdjson: %s\n", error.what());
    return 1;
  }
  lines_free(&lines);
  return 0;
}

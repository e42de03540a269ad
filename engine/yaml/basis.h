/* The grammar of `basis`: what a dated amount follows from (percent of another parameter). Private to engine/yaml. */
#ifndef ASK_YAML_BASIS_H
#define ASK_YAML_BASIS_H

#include "yaml/keys.h"

extern const struct ask_yaml_record ASK_YAML_BASIS;

/* In the arena; what could not be read is a problem and stays at its default. */
const struct ask_basis_spec *ask_yaml_basis(const struct ask_yaml_reader *reader, const struct ask_raw *raw);

#endif

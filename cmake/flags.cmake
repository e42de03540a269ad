# Compiler and linker flags, as the target `ask_flags` that everything of ours links.
add_library(ask_flags INTERFACE)
target_compile_options(ask_flags INTERFACE
  -Wall -Wextra -Wshadow -Wconversion -Wstrict-prototypes -Wvla
  -fno-common
  -Wno-missing-field-initializers) # {file, line, column} is a whole place: what is left out is zero, and meant so
target_compile_definitions(ask_flags INTERFACE "ASK_VERSION=\"${PROJECT_VERSION}\"")

if(ASK_WERROR)
  target_compile_options(ask_flags INTERFACE -Werror)
endif()

if(ASK_SANITIZE)
  target_compile_options(ask_flags INTERFACE
    "-fsanitize=${ASK_SANITIZE}" -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(ask_flags INTERFACE "-fsanitize=${ASK_SANITIZE}")
elseif(CMAKE_BUILD_TYPE STREQUAL "Release")
  # Input comes from strangers: what the compiler can check at little cost stays checked.
  # And no path of the machine that built it gets into the program.
  target_compile_options(ask_flags INTERFACE -fstack-protector-strong -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2
    "-ffile-prefix-map=${PROJECT_SOURCE_DIR}/=")
  target_link_options(ask_flags INTERFACE -Wl,-z,relro,-z,now)
endif()

if(ASK_FUZZ)
  # Coverage feedback in the library as well; fuzz targets themselves add the driver (tests/CMakeLists.txt).
  target_compile_options(ask_flags INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(ask_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()

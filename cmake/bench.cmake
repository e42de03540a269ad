# askonce's own programs for bench/; the peers are built by bench/*/setup.sh.
if(EXISTS ${PROJECT_SOURCE_DIR}/bench/w1/bench_w1.c)
  add_executable(bench_w1 bench/w1/bench_w1.c bench/w1/measure.c)
  set_target_properties(bench_w1 PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})
  target_include_directories(bench_w1 PRIVATE engine include bench/w1)
  target_compile_definitions(bench_w1 PRIVATE "BENCH_W1_RULES=\"${PROJECT_SOURCE_DIR}/bench/w1/askonce\"")
  target_link_libraries(bench_w1 PRIVATE libaskonce ask_flags)
endif()

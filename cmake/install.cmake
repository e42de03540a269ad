# What `cmake --install` puts where: the command, what it reads, the library for embedding it, and its manual.
if(TARGET askonce)
  install(TARGETS askonce)
endif()
get_target_property(library_type libaskonce TYPE)
if(library_type STREQUAL "STATIC_LIBRARY")
  install(TARGETS libaskonce)
  # The archive brings no libraries with it: pkg-config names them to who links it.
  configure_file(cmake/askonce.pc.in askonce.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/askonce.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endif()
install(DIRECTORY include/askonce DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} FILES_MATCHING PATTERN "*.h")
foreach(folder IN ITEMS forms plugins examples)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/askonce)
endforeach()
install(FILES docs/man/askonce.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(FILES scripts/completion/askonce.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME askonce OPTIONAL)
install(FILES README.md docs/rule-author.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

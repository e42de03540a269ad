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
# forms/ and plugins/ with their translations (locales/)
foreach(folder IN ITEMS forms plugins templates examples)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/askonce)
endforeach()
# The app's pages; its style and script are in the program.
install(DIRECTORY web DESTINATION ${CMAKE_INSTALL_DATADIR}/askonce FILES_MATCHING PATTERN "*.lua" PATTERN "*.yaml"
  PATTERN style EXCLUDE PATTERN script EXCLUDE PATTERN vendor EXCLUDE PATTERN node_modules EXCLUDE)
install(FILES docs/man/askonce.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 OPTIONAL)
install(FILES scripts/completion/askonce.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions
  RENAME askonce OPTIONAL)
# The service: its unit and its settings, which an administrator may change.
file(READ packaging/askonce.service unit)
string(REPLACE "/usr/bin/askonce" "${CMAKE_INSTALL_FULL_BINDIR}/askonce" unit "${unit}")
string(REPLACE "/etc/askonce/" "${CMAKE_INSTALL_FULL_SYSCONFDIR}/askonce/" unit "${unit}")
file(GENERATE OUTPUT ${PROJECT_BINARY_DIR}/askonce.service CONTENT "${unit}")
set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS packaging/askonce.service)
install(FILES ${PROJECT_BINARY_DIR}/askonce.service DESTINATION lib/systemd/system)
install(FILES packaging/askonce.yaml DESTINATION ${CMAKE_INSTALL_FULL_SYSCONFDIR}/askonce)
install(FILES README.md docs/rule-author.md docs/http-api.md docs/operator-guide.md DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)

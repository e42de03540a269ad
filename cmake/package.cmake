# The Debian package; `scripts/package` builds it.
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME askonce)
set(CPACK_PACKAGE_CONTACT "askonce maintainers <maintainers@example.org>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "Intake and assessment engine for human services")
set(CPACK_PACKAGE_DESCRIPTION
"askonce runs one standardized intake and answers for every program: who is
likely eligible, for what reason, what is still missing and what to do next.
Every determination carries its criteria with the values they saw and the
paragraph of law behind them; a question nobody answered never counts as no.
.
The package brings the askonce command, its HTTP service as a systemd unit
(installed, not started), the intake form, the programs of New York City,
examples, and libaskonce for embedding the engine.")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEBIAN_PACKAGE_SECTION misc)
set(CPACK_DEBIAN_PACKAGE_PRIORITY optional)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
# The service's user, and a configuration file that an upgrade leaves as it was changed.
set(CPACK_DEBIAN_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA
  ${PROJECT_SOURCE_DIR}/packaging/debian/postinst
  ${PROJECT_SOURCE_DIR}/packaging/debian/prerm
  ${PROJECT_SOURCE_DIR}/packaging/debian/postrm
  ${PROJECT_SOURCE_DIR}/packaging/debian/conffiles)
include(CPack)

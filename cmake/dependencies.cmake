# The libraries, all from Debian 12, each for one job and each seen by one layer only (engine/CMakeLists.txt).
find_package(PkgConfig REQUIRED)
set(THREADS_PREFER_PTHREAD_FLAG ON)
find_package(Threads REQUIRED)

# name of the imported target, package that has it, names of its .pc file
function(ask_find name package)
  pkg_search_module(${name} IMPORTED_TARGET ${ARGN})
  if(NOT ${name}_FOUND)
    message(FATAL_ERROR "${name} was not found. Install it with: apt-get install ${package}")
  endif()
endfunction()

ask_find(LUA liblua5.4-dev lua5.4 lua-5.4)
ask_find(YAML libyaml-dev yaml-0.1)
ask_find(YAJL libyajl-dev yajl)
ask_find(SODIUM libsodium-dev libsodium)
ask_find(SQLITE libsqlite3-dev sqlite3)
ask_find(LZ4 liblz4-dev liblz4)
ask_find(PQ libpq-dev libpq)
ask_find(MICROHTTPD libmicrohttpd-dev libmicrohttpd)
# Puts the app's style and script into one file each (cmake/web.cmake).
find_program(ESBUILD esbuild)
if(NOT ESBUILD)
  message(FATAL_ERROR "esbuild was not found. Install it with: apt-get install esbuild")
endif()
if(ASK_TESTS)
  ask_find(CHECK check check)
endif()

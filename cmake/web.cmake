# The app's style and script: many small files in web/, bundled by esbuild and put into the program as a C table. Part of ask_http.
set(web ${PROJECT_SOURCE_DIR}/web)
file(GLOB web_files CONFIGURE_DEPENDS ${web}/style/*.css ${web}/script/*.js ${web}/vendor/idiomorph/*.js)
set(bundle ${PROJECT_BINARY_DIR}/web)
set(esbuild ${ESBUILD} --bundle --minify --charset=utf8 --target=es2020 --log-level=warning)
add_custom_command(OUTPUT ${bundle}/assets.c ${bundle}/app.css ${bundle}/app.js
  COMMAND ${esbuild} ${web}/style/app.css --outfile=${bundle}/app.css
  COMMAND ${esbuild} --format=iife ${web}/script/main.js --outfile=${bundle}/app.js
  COMMAND ${CMAKE_COMMAND} "-DFILES=app.css=${bundle}/app.css;app.js=${bundle}/app.js" -DOUT=${bundle}/assets.c
    -P ${PROJECT_SOURCE_DIR}/cmake/assets.cmake
  DEPENDS ${web_files} ${PROJECT_SOURCE_DIR}/cmake/assets.cmake
  COMMENT "Bundling the app's style and script" VERBATIM)
target_sources(ask_http PRIVATE ${bundle}/assets.c)

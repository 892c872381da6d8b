# SPDX-License-Identifier: GPL-3.0-or-later
# The target kith_sqlite: SQLite as SQLCipher 4.14 from its pinned source, or Debian's.
#
# The amalgamation takes most of a minute to compile, so it is compiled once, while
# configuring, into build/sqlcipher-<hash of source and flags>/, and every preset uses
# that one object.
add_library(kith_sqlite INTERFACE)

if(KITH_STORE STREQUAL "system")
  pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3>=3.40)
  target_link_libraries(kith_sqlite INTERFACE PkgConfig::SQLITE)
  target_compile_definitions(kith_sqlite INTERFACE KITH_STORE_SYSTEM)
  return()
endif()

set(source_dir ${CMAKE_SOURCE_DIR}/third_party/node_modules/@journeyapps/sqlcipher/deps/sqlcipher-amalgamation)
set(source ${source_dir}/sqlite3.c)
set(expected 2ba87bbc92caf02c0ac640198c537c24bdda899a18bbba289f3d3f44d56795e4)

if(NOT EXISTS ${source})
  message(FATAL_ERROR "SQLCipher's source is missing. Run scripts/setup, or `npm ci --ignore-scripts` in third_party/.")
endif()
file(SHA256 ${source} found)
if(NOT found STREQUAL expected)
  message(FATAL_ERROR "${source} is not the reviewed file: SHA-256 is ${found}, expected ${expected}. Delete third_party/node_modules and run scripts/setup again.")
endif()

set(flags -O2 -g1 -w -fPIC -fvisibility=hidden -fstack-protector-strong -DHAVE_STDINT_H=1
  -DNDEBUG -DSQLITE_HAS_CODEC -DSQLCIPHER_CRYPTO_OPENSSL
  -DSQLITE_EXTRA_INIT=sqlcipher_extra_init -DSQLITE_EXTRA_SHUTDOWN=sqlcipher_extra_shutdown
  -DSQLITE_TEMP_STORE=2 -DSQLITE_THREADSAFE=1 -DSQLITE_SECURE_DELETE -DSQLITE_DQS=0
  -DSQLITE_TRUSTED_SCHEMA=0 -DSQLITE_OMIT_LOAD_EXTENSION -DSQLITE_ENABLE_FTS5
  -DSQLITE_ENABLE_MATH_FUNCTIONS -DSQLITE_DEFAULT_MEMSTATUS=0)
string(SHA256 key "${found} ${flags} ${CMAKE_C_COMPILER_ID}")
string(SUBSTRING ${key} 0 16 key)
set(object ${CMAKE_SOURCE_DIR}/build/sqlcipher-${key}/sqlite3.o)

if(NOT EXISTS ${object})
  message(STATUS "Compiling SQLCipher once, about 45 seconds")
  file(MAKE_DIRECTORY ${CMAKE_SOURCE_DIR}/build/sqlcipher-${key})
  execute_process(COMMAND ${CMAKE_C_COMPILER} ${flags} -c ${source} -o ${object}.part
    RESULT_VARIABLE failed)
  if(failed)
    message(FATAL_ERROR "SQLCipher did not compile; the compiler's message stands above.")
  endif()
  file(RENAME ${object}.part ${object})
endif()

find_package(OpenSSL REQUIRED COMPONENTS Crypto)
find_package(Threads REQUIRED)
target_link_libraries(kith_sqlite INTERFACE ${object} OpenSSL::Crypto Threads::Threads m)
target_include_directories(kith_sqlite SYSTEM INTERFACE ${source_dir})
target_compile_definitions(kith_sqlite INTERFACE SQLITE_HAS_CODEC)

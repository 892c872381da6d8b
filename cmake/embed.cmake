# SPDX-License-Identifier: GPL-3.0-or-later
# Files as bytes in the program: the statements under queries/ and the data files.
#
#   kith_embed_queries(<target>)              queries.h (enum kith_query) and queries.c:
#                                             one statement a file; schema.h and schema.c:
#                                             the scripts schema.sql, audit_schema.sql and migrate_<n>.sql
#   kith_embed(<target> <name> <file>...)     <name>.h and <name>.c: one byte array a file
#
# Arrays, not strings, because ISO C promises only 4095 characters in a literal.
set(KITH_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(kith_embed_made target name queries)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(files ${ARGN})
  add_custom_command(OUTPUT ${made}/${name}.c ${made}/${name}.h
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DQUERIES=${queries} -DOUT=${made} "-DFILES=${files}"
      -P ${KITH_EMBED_SCRIPT}
    DEPENDS ${files} ${KITH_EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${made}/${name}.c ${made}/${name}.h)
  target_include_directories(${target} PUBLIC ${made})
endfunction()

function(kith_embed target name)
  list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE files)
  kith_embed_made(${target} ${name} OFF ${files})
endfunction()

function(kith_embed_queries target)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/queries/*.sql)
  set(scripts ${files})
  list(FILTER files EXCLUDE REGEX "/((audit_)?schema|need_to_know(_[a-z]+)?|migrate_[0-9]+)\\.sql$")
  list(FILTER scripts INCLUDE REGEX "/((audit_)?schema|need_to_know(_[a-z]+)?|migrate_[0-9]+)\\.sql$")
  kith_embed_made(${target} queries ON ${files})
  kith_embed_made(${target} schema OFF ${scripts})
endfunction()

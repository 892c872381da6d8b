# SPDX-License-Identifier: GPL-3.0-or-later
# Files as bytes in the program: the statements under queries/ and the data files.
#
#   kith_embed_queries(<target>)              queries.h (enum kith_query) and queries.c
#   kith_embed(<target> <name> <file>...)     <name>.h and <name>.c: one byte array a file
#
# Arrays, not strings, because ISO C promises only 4095 characters in a literal.
set(KITH_EMBED_SCRIPT ${CMAKE_CURRENT_LIST_DIR}/embed_files.cmake)

function(kith_embed target name)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  set(files)
  foreach(file ${ARGN})
    list(APPEND files ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  endforeach()
  add_custom_command(OUTPUT ${made}/${name}.c ${made}/${name}.h
    COMMAND ${CMAKE_COMMAND} -DNAME=${name} -DOUT=${made} "-DFILES=${files}" -P ${KITH_EMBED_SCRIPT}
    DEPENDS ${files} ${KITH_EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${made}/${name}.c ${made}/${name}.h)
  target_include_directories(${target} PUBLIC ${made})
endfunction()

function(kith_embed_queries target)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/queries/*.sql)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/embedded)
  add_custom_command(OUTPUT ${made}/queries.c ${made}/queries.h
    COMMAND ${CMAKE_COMMAND} -DNAME=queries -DQUERIES=ON -DOUT=${made} "-DFILES=${files}"
      -P ${KITH_EMBED_SCRIPT}
    DEPENDS ${files} ${KITH_EMBED_SCRIPT} VERBATIM)
  target_sources(${target} PRIVATE ${made}/queries.c ${made}/queries.h)
  target_include_directories(${target} PUBLIC ${made})
endfunction()

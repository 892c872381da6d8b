/* SPDX-License-Identifier: GPL-3.0-or-later */
/* test_graphml.c: networks as networkx, igraph, yEd, Gephi and Neo4j write them, what
 * GraphML has beside nodes and edges, and files that mean harm. */
#include "kith/graphml.h"

#include <criterion/criterion.h>
#include <stdlib.h>
#include <string.h>

#include "kith/text.h"
#include "support.h"

/* What was read: "line:field|field\n" a record, "!line:fault\n", "?line:passed over\n". */
static kith_text seen;
static bool whole;
static size_t stop_at;
static uint64_t counts[KITH_GRAPHML_TABLES];

static bool take(void *context, const kith_csv_record *record)
{
    (void)context;
    kith_text_format(&seen, "%zu:", record->line);
    for (size_t i = 0; i < record->count; i++)
        kith_text_format(&seen, "%s%s", i > 0 ? "|" : "", record->fields[i]);
    kith_text_add(&seen, "\n");
    return record->line != stop_at;
}

static void fault(void *context, size_t line, const char *message)
{
    (void)context;
    kith_text_format(&seen, "!%zu:%s\n", line, message);
}

static void unread(void *context, size_t line, kith_graphml_unread what, const char *message)
{
    (void)context;
    kith_text_format(&seen, "?%zu:%d:%s\n", line, (int)what, message);
}

static const char *read_bytes(kith_graphml_rows rows, const char *bytes, size_t size)
{
    const kith_csv_handler handler = { NULL, take, take, fault };
    const kith_graphml_form form = { .rows = rows, .unread = unread };
    kith_error err = { 0 };
    FILE *in = tmpfile();

    kith_text_free(&seen);
    cr_assert_not_null(in);
    cr_assert_eq(fwrite(bytes, 1, size, in), size);
    rewind(in);
    cr_assert_eq(kith_graphml_read(&whole, counts, in, &form, &handler, &err), KITH_OK, "%s", err.message);
    fclose(in);
    return kith_text_string(&seen);
}

static const char *read_text(kith_graphml_rows rows, const char *text)
{
    return read_bytes(rows, text, strlen(text));
}

/* A graph's inside, within what every file has around it. */
static const char *read_graph(kith_graphml_rows rows, const char *keys, const char *inside)
{
    kith_text file = { 0 };

    kith_text_format(&file, "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n%s"
                            "<graph id=\"G\" edgedefault=\"directed\">\n%s</graph></graphml>\n", keys, inside);
    const char *answer = read_bytes(rows, file.data, file.size);
    kith_text_free(&file);
    return answer;
}

static void says(const char *sentence)
{
    cr_expect(strstr(kith_text_string(&seen), sentence) != NULL, "\"%s\" is not in:\n%s", sentence,
              kith_text_string(&seen));
}

static void drop_seen(void)
{
    kith_text_free(&seen);
    stop_at = 0;
}

TestSuite(graphml, .fini = drop_seen);

#define NODES "@id|@parent|@graph|@labels|@desc"
#define EDGES "@id|@source|@target|@directed|@sourceport|@targetport|@label|@parent|@graph|@desc"

Test(graphml, nodes_and_edges_are_two_tables)
{
    const char *inside = "<node id=\"a\"/>\n<node id=\"b\"/>\n<edge source=\"a\" target=\"b\"/>\n"
                         "<edge id=\"e\" source=\"b\" target=\"b\" directed=\"false\"/>\n";

    cr_expect_str_eq(read_graph(KITH_GRAPHML_NODES, "", inside), "2:" NODES "\n3:a||G||\n4:b||G||\n");
    cr_expect(whole);
    cr_expect(counts[KITH_GRAPHML_NODES] == 2 && counts[KITH_GRAPHML_EDGES] == 2);
    cr_expect_str_eq(read_graph(KITH_GRAPHML_EDGES, "", inside),
                     "2:" EDGES "\n5:|a|b|true|||||G|\n6:e|b|b|false|||||G|\n");
}

Test(graphml, a_key_is_a_column_of_the_elements_it_is_for)
{
    const char *keys = "<key id=\"d0\" for=\"node\" attr.name=\"name\"><default>nobody</default></key>\n"
                       "<key id=\"d1\" for=\"edge\" attr.name=\"name\"/>\n<key id=\"d2\" for=\"all\" attr.name=\"note\"/>\n"
                       "<key id=\"d3\"/>\n";
    const char *inside = "<node id=\"a\"><data key=\"d2\">n</data><data key=\"d0\">Ann</data></node>\n"
                         "<node id=\"b\"><data key=\"d3\"/></node>\n"
                         "<edge source=\"a\" target=\"b\"><data key=\"d1\">friend</data></edge>\n";

    cr_expect_str_eq(read_graph(KITH_GRAPHML_NODES, keys, inside),
                     "6:" NODES "|name|note|d3\n7:a||G|||Ann|n|\n8:b||G|||nobody||\n");
    cr_expect_str_eq(read_graph(KITH_GRAPHML_EDGES, keys, inside),
                     "6:" EDGES "|name|note|d3\n9:|a|b|true|||||G||friend||\n");
}

Test(graphml, entities_of_xml_and_cdata_are_text)
{
    cr_expect_str_eq(read_graph(KITH_GRAPHML_NODES, "<key id=\"n\" for=\"node\"/>",
                                "<node id=\"&lt;1&gt;\"><data key=\"n\">Zo&#xEB; &amp; <![CDATA[<b>Al</b> &c;]]></data></node>"),
                     "2:" NODES "|n\n3:<1>||G|||Zo\xC3\xAB & <b>Al</b> &c;\n");
}

/* GraphML primer, section 2.7 (nested graphs): n5 holds n5:0 and an edge goes in. */
Test(graphml, a_nested_graph_names_what_holds_it)
{
    const char *inside = "<node id=\"n5\"><data key=\"n\">five</data>\n<graph id=\"n5:\" edgedefault=\"undirected\">\n"
                         "<node id=\"n5:0\"/>\n<node id=\"n5:1\"/>\n<edge source=\"n5:0\" target=\"n5:1\"/></graph>\n</node>\n"
                         "<node id=\"n6\"/>\n<edge source=\"n6\" target=\"n5:0\"/>\n";
    const char *keys = "<key id=\"n\" for=\"node\"/>";

    cr_expect_str_eq(read_graph(KITH_GRAPHML_NODES, keys, inside),
                     "2:" NODES "|n\n3:n5||G|||five\n5:n5:0|n5|n5:|||\n6:n5:1|n5|n5:|||\n9:n6||G|||\n");
    cr_expect_str_eq(read_graph(KITH_GRAPHML_EDGES, keys, inside),
                     "2:" EDGES "\n7:|n5:0|n5:1|false||||n5|n5:|\n10:|n6|n5:0|true|||||G|\n");
}

/* GraphML primer, sections 2.8 (hyperedges) and 2.9 (ports). */
Test(graphml, a_hyperedge_is_a_row_and_so_is_each_of_its_endpoints)
{
    const char *inside = "<node id=\"n0\"><port name=\"North\"/></node>\n<hyperedge id=\"h\"><desc>a walk</desc>\n"
                         "<endpoint node=\"n0\" port=\"North\"/>\n<endpoint node=\"n1\" type=\"in\"/></hyperedge>\n"
                         "<edge source=\"n0\" target=\"n1\" sourceport=\"North\" targetport=\"W\"/>\n";

    cr_expect_str_eq(read_graph(KITH_GRAPHML_HYPEREDGES, "", inside),
                     "2:@id|@parent|@graph|@desc\n"
                     "?3:0:ports are not read, only the sourceport and targetport of an edge\n4:h||G|a walk\n");
    read_graph(KITH_GRAPHML_ENDPOINTS, "", inside);
    says("2:@id|@node|@port|@type|@hyperedge|@desc\n");
    says("5:|n0|North||h|\n6:|n1||in|h|\n");
    cr_expect(counts[KITH_GRAPHML_HYPEREDGES] == 1 && counts[KITH_GRAPHML_ENDPOINTS] == 2);
    read_graph(KITH_GRAPHML_EDGES, "", inside);
    says("7:|n0|n1|true|North|W|||G|\n");
}

/* As yEd 3 writes a node: its name is a label of its drawing. */
Test(graphml, the_text_of_a_drawing_is_its_value)
{
    read_text(KITH_GRAPHML_NODES,
              "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"no\"?>\n"
              "<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:y=\"http://www.yworks.com/xml/graphml\">\n"
              "<!--Created by yEd 3.25-->\n<key for=\"graphml\" id=\"d7\" yfiles.type=\"resources\"/>\n"
              "<key for=\"node\" id=\"d6\" yfiles.type=\"nodegraphics\"/>\n"
              "<key attr.name=\"description\" attr.type=\"string\" for=\"node\" id=\"d5\"/>\n"
              "<graph edgedefault=\"directed\" id=\"G\">\n<node id=\"n0\">\n<data key=\"d5\" xml:space=\"preserve\"><![CDATA[ two  words ]]></data>\n"
              "<data key=\"d6\">\n <y:ShapeNode>\n <y:Geometry height=\"30.0\" x=\"1\"/>\n"
              " <y:NodeLabel alignment=\"center\" xml:space=\"preserve\">Ann\nBirch<y:LabelModel><y:SmartNodeLabelModel distance=\"4.0\"/>"
              "</y:LabelModel></y:NodeLabel>\n <y:Shape type=\"ellipse\"/>\n <y:NodeLabel>A2</y:NodeLabel></y:ShapeNode>\n</data>\n</node>\n"
              "</graph>\n<data key=\"d7\"><y:Resources/></data>\n</graphml>\n");
    says("7:" NODES "|nodegraphics|description\n8:n0||G|||Ann\nBirch A2| two  words \n");
    says("?20:0:data of the file or of a graph as a whole is not loaded\n");
    cr_expect(whole);
}

/* As APOC exports from Neo4j: labels are attributes, and data that may have no key. */
Test(graphml, labels_of_neo4j_are_columns_and_undeclared_data_is_told)
{
    const char *inside = "<node id=\"n0\" labels=\":Person:Child\"><data key=\"labels\">:Person:Child</data></node>\n"
                         "<edge id=\"e0\" source=\"n0\" target=\"n0\" label=\"KNOWS\"/>\n";

    read_graph(KITH_GRAPHML_NODES, "", inside);
    says("3:n0||G|:Person:Child|\n");
    says("?3:2:no <key> of the file declares data \"labels\" of such an element; it is not read\n");
    cr_expect_str_eq(read_graph(KITH_GRAPHML_EDGES, "", inside), "2:" EDGES "\n4:e0|n0|n0|true|||KNOWS||G|\n");
}

static size_t lines_of(const char *text)
{
    size_t lines = 0;

    for (; *text != '\0'; text++)
        lines += *text == '\n';
    return lines;
}

static const char *read_fixture(kith_graphml_rows rows, const char *name)
{
    char *path = path_in(KITH_SOURCE_DIR "/tests/graphml", name);
    size_t size;
    char *text = read_file(path, &size);
    const char *answer = read_bytes(rows, text, size);

    free(text);
    free(path);
    return answer;
}

/* Zachary (1977): 34 members, 78 ties whose contexts add up to 231; as networkx writes it. */
Test(graphml, the_karate_club_of_networkx_is_whole)
{
    long weights = 0;

    read_fixture(KITH_GRAPHML_NODES, "networkx-karate.graphml");
    cr_expect_eq(counts[KITH_GRAPHML_NODES], 34);
    cr_expect_eq(counts[KITH_GRAPHML_EDGES], 78);
    says(":33|||||Officer\n");
    read_fixture(KITH_GRAPHML_EDGES, "networkx-karate.graphml");
    for (char *line = strtok(seen.data, "\n"); line != NULL; line = strtok(NULL, "\n"))
        weights += line[0] != '?' ? strtol(strrchr(line, '|') + 1, NULL, 10) : 0;
    cr_expect_eq(weights, 231);
}

/* Krackhardt (1990): 10 people, 18 ties; as igraph writes it. */
Test(graphml, the_kite_of_igraph_is_whole)
{
    cr_expect_eq(lines_of(read_fixture(KITH_GRAPHML_NODES, "igraph-kite.graphml")), 12);
    says(":n9||G|||j\n");
    cr_expect_eq(lines_of(read_fixture(KITH_GRAPHML_EDGES, "igraph-kite.graphml")), 20);
    says("|n8|n9|false|||||G||1\n");
    says("?11:0:data of the file or of a graph as a whole is not loaded\n");
}

Test(graphml, utf_16_is_read_by_its_mark)
{
    const char *text = "<graphml><graph><node id=\"a\"/></graph></graphml>";
    char bytes[256] = { '\xFF', '\xFE' };

    for (size_t i = 0; text[i] != '\0'; i++)
        bytes[2 + 2 * i] = text[i];
    cr_expect_str_eq(read_bytes(KITH_GRAPHML_NODES, bytes, 2 + 2 * strlen(text)), "1:" NODES "\n1:a||||\n");
}

Test(graphml, a_file_without_a_graph_has_columns_and_no_rows)
{
    cr_expect_str_eq(read_text(KITH_GRAPHML_NODES, "<graphml/>"), "1:" NODES "\n");
    cr_expect(whole);
}

Test(graphml, the_reader_stops_when_it_is_told)
{
    stop_at = 3;
    cr_expect_str_eq(read_graph(KITH_GRAPHML_NODES, "", "<node id=\"a\"/>\n<node id=\"b\"/>\n"), "2:" NODES "\n3:a||G||\n");
    cr_expect_not(whole);
}

static void refused(const char *text, const char *answer)
{
    read_text(KITH_GRAPHML_NODES, text);
    cr_expect_not(whole, "%s", text);
    says(answer);
}

Test(graphml, what_is_no_graphml_is_refused_with_its_line)
{
    refused("", "!1:the file ends before its first element; is this a GraphML file?\n");
    refused("Id,Label\n1,Ann\n", "!1:the XML is not well formed here");
    refused("\n<gexf/>", "!2:the first element is \"gexf\" where graphml is expected; is this a GraphML file?\n");
    refused("<graphml>\n<graph>\n<node id=\"a\">\n", "!4:the file ends before its first element does; get it whole\n");
    refused("<graphml>\n<graph>\n<node/></graph></graphml>", "!3:<node> has no id; GraphML demands it\n");
    refused("<graphml><graph><edge source=\"a\"/></graph></graphml>", "!1:<edge> has no target; GraphML demands it\n");
    refused("<graphml><key/></graphml>", "!1:<key> has no id; GraphML demands it\n");
    refused("<graphml><key id=\"a\"/>\n<key id=\"a\"/></graphml>", "!2:two <key> have the id \"a\"; give each its own\n");
    refused("<graphml><graph/>\n<key id=\"a\"/></graphml>", "!2:<key> stands after a graph; put every <key> before");
    refused("<graphml><graph><node id=\"a\"><data>x</data></node></graph></graphml>", "!1:<data> has no key");
    refused("<graphml><graph><node id=\"a\"><graph/><data key=\"k\"/></node></graph></graphml>",
            "!1:data stands after the graph within its element; put it before\n");
    refused("<graphml><graph><node id=\"a\"><graph/><graph/></node></graph></graphml>", "!1:a second graph within one element");
    refused("<graphml><graph><node id=\"\xE9\"/></graph></graphml>", "!1:the XML is not well formed here");
    refused("<?xml version=\"1.0\" encoding=\"EBCDIC-GB\"?><graphml/>", "!1:the file declares an encoding that is not known");
}

Test(graphml, what_has_no_place_is_passed_over_whole_and_told)
{
    cr_expect_str_eq(read_graph(KITH_GRAPHML_NODES, "", "<x:node xmlns:x=\"urn:x\" id=\"z\"><node id=\"y\"/></x:node>\n"
                                                        "<locator xmlns:l=\"urn:l\" l:href=\"file:///etc/passwd\"/>\n<node id=\"a\"/>\n"),
                     "2:" NODES "\n?3:1:element \"node\" has no place here; it is not read, nor what it holds\n"
                     "?4:1:<locator> names another file; it is not fetched: load that file itself\n5:a||G||\n");
}

/* An entity bomb, and a file that is fetched: both need a DOCTYPE. */
Test(graphml, nothing_is_fetched_and_nothing_grows)
{
    const char *answer = "the file has a DOCTYPE, which may name other files and define entities";

    refused("<!DOCTYPE graphml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>\n"
            "<graphml><graph><node id=\"&b;\"/></graph></graphml>", answer);
    refused("<!DOCTYPE graphml [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><graphml><graph><node id=\"a\">&x;</node></graph></graphml>",
            answer);
    refused("<!DOCTYPE graphml SYSTEM \"http://localhost/graphml.dtd\"><graphml/>", answer);
    refused("<graphml><graph><node id=\"&nbsp;\"/></graph></graphml>", "!1:an entity that is none of the five of XML");
}

static void repeat(kith_text *text, const char *piece, size_t times)
{
    for (size_t i = 0; i < times; i++)
        kith_text_add(text, piece);
}

static void refused_long(const char *begin, const char *piece, size_t times, const char *answer)
{
    kith_text text = { 0 };

    kith_text_add(&text, begin);
    repeat(&text, piece, times);
    refused(text.data, answer);
    kith_text_free(&text);
}

Test(graphml, depth_and_length_have_limits)
{
    refused_long("<graphml>\n<graph>", "<node id='a'><graph>", 70, "!2:elements are nested more than 128 deep");
    refused_long("<graphml><graph><node id='", "aaaaaaaaaaaaaaaa", 400000, "a tag or a remark is longer than 4 MiB");
    refused_long("<graphml><graph><node id='", "aaaaaaaaaaaaaaaa", 65536 + 1, "!1:the XML is not well formed here");
    refused_long("<graphml><key id='k'/><graph><node id='a'><data key='k'>", "aaaaaaaaaaaaaaaa", 65536 + 1,
                 "a value is longer than 1 MiB; shorten it");
}

Test(graphml, an_id_of_a_mebibyte_is_too_long)
{
    kith_text text = { 0 };

    kith_text_add(&text, "<graphml><graph><node id='");
    repeat(&text, "aaaaaaaaaaaaaaaa", 65536 + 1);
    kith_text_add(&text, "'/></graph></graphml>");
    refused(text.data, "!1:a value is longer than 1 MiB; shorten it\n");
    kith_text_free(&text);
}

Test(graphml, a_thousand_columns_are_enough)
{
    kith_text text = { 0 };

    kith_text_add(&text, "<graphml>");
    for (int i = 0; i < KITH_CSV_COLUMN_MAX; i++)
        kith_text_format(&text, "<key id='k%d'/>\n", i);
    refused(text.data, "<key>\n");
    kith_text_free(&text);
}

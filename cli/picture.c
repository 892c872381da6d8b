/* SPDX-License-Identifier: GPL-3.0-or-later */
/* picture.c: a scene in a file, in the form that the file's name says. */
#include "picture.h"

#include <stdlib.h>
#include <string.h>

#include "kith/drawing.h"
#include "kith/file.h"
#include "kith/page.h"
#include "kith/writer.h"
#include "style.h"

typedef kith_status writer(FILE *out, const kith_scene *scene, kith_error *err);

static kith_status write_scene(FILE *out, const kith_scene *scene, kith_error *err)
{
    kith_text json = { 0 };

    kith_scene_write(&json, scene);
    const kith_status status = kith_text_status(&json, err);
    if (status == KITH_OK)
        fwrite(json.data, 1, json.size, out);
    kith_text_free(&json);
    return status;
}

static kith_status write_about(FILE *out, const kith_scene *scene, kith_error *err)
{
    (void)err;
    fprintf(out, "%s\n\n%s\n\n%s\n", scene->title, scene->header, scene->footer);
    return KITH_OK;
}

/* What is written by kith itself; the others are drawn. Several rows of a name: several files. */
static const struct {
    const char *name, *ending;
    writer *write;
} written[] = {
    { "json", NULL, write_scene },
    { "cyjs", NULL, kith_scene_write_cytoscape },
    { "graphml", NULL, kith_scene_write_graphml },
    { "geojson", NULL, kith_scene_write_geojson },
    { "csv", "-nodes.csv", kith_scene_write_nodes },
    { "csv", "-ties.csv", kith_scene_write_ties },
    { "csv", "-about.txt", write_about },
};

enum { WRITTEN = sizeof written / sizeof *written };

const char *picture_form(const char *path)
{
    static const char *const forms[] = { "dot", "svg", "pdf", "png", "html" };
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;

    for (size_t i = 0; dot != NULL && i < sizeof forms / sizeof *forms; i++)
        if (strcmp(dot + 1, forms[i]) == 0)
            return forms[i];
    return NULL;
}

const char *picture_any_form(const char *path)
{
    const char *dot = path != NULL ? strrchr(path, '.') : NULL;

    for (size_t i = 0; dot != NULL && i < WRITTEN; i++)
        if (strcmp(dot + 1, written[i].name) == 0)
            return written[i].name;
    return picture_form(path);
}

/* What is sealed is never on the disk in the clear. */
static kith_status write_sealed(const kith_call *call, const kith_scene *scene, const char *path,
                                writer *write, kith_error *err)
{
    char *bytes = NULL;
    size_t size = 0;
    FILE *out = open_memstream(&bytes, &size);

    if (out == NULL)
        return kith_no_memory(err);
    kith_status status = write(out, scene, err);
    if (fclose(out) != 0 && status == KITH_OK)
        status = kith_no_memory(err);
    if (status == KITH_OK)
        status = seal_replace(call, path, bytes, size, err);
    free(bytes);
    return status;
}

static kith_status write_file(const kith_call *call, const kith_scene *scene, const char *path,
                              writer *write, kith_error *err)
{
    kith_new_file file;

    if (call_given(call, "seal-to"))
        return write_sealed(call, scene, path, write, err);
    if (file_is_standard(path))
        return write(stdout, scene, err);
    kith_status status = kith_file_begin(&file, path, err);

    if (status != KITH_OK)
        return status;
    status = write(file.out, scene, err);
    return kith_file_end(&file, status, err);
}

/* "x.csv" and "-ties.csv": "x-ties.csv". */
static kith_status write_beside(const kith_call *call, const kith_scene *scene, const char *path, size_t row,
                                kith_error *err)
{
    kith_text name = { 0 };

    kith_text_add_bytes(&name, path, (size_t)(strrchr(path, '.') - path));
    kith_text_add(&name, written[row].ending);
    kith_status status = kith_text_status(&name, err);
    if (status == KITH_OK)
        status = write_file(call, scene, name.data, written[row].write, err);
    kith_text_free(&name);
    return status;
}

kith_status picture_export(const kith_call *call, const kith_scene *scene, const char *path, const char *form,
                           kith_error *err)
{
    kith_status status = KITH_OK;

    for (size_t i = 0; status == KITH_OK && i < WRITTEN; i++) {
        if (strcmp(written[i].name, form) != 0)
            continue;
        status = written[i].ending != NULL ? write_beside(call, scene, path, i, err)
                                           : write_file(call, scene, path, written[i].write, err);
    }
    return status;
}

/* What kith-draw gives back is the whole scene but for what is for other programs. */
static kith_status write_placed(const kith_call *call, kith_scene *scene, const char *path, const char *form,
                                const kith_drawing *drawing, kith_error *err)
{
    kith_scene drawn = { 0 };
    kith_text json = { 0 };

    kith_status status = kith_scene_draw(&json, scene, "json", drawing, err);
    if (status == KITH_OK)
        status = kith_scene_read(&drawn, json.data, json.size, err);
    for (size_t i = 0; status == KITH_OK && i < scene->node_count; i++) {
        drawn.nodes[i].located = scene->nodes[i].located;
        drawn.nodes[i].latitude = scene->nodes[i].latitude;
        drawn.nodes[i].longitude = scene->nodes[i].longitude;
    }
    if (status == KITH_OK)
        status = picture_export(call, &drawn, path, form, err);
    kith_scene_free(&drawn);
    kith_text_free(&json);
    return status;
}

static kith_status draw_page(kith_text *html, const kith_scene *scene, const kith_drawing *drawing,
                             kith_error *err)
{
    kith_page page;

    kith_page_begin_scene(&page, scene);
    const kith_status status = kith_page_map(&page, scene, drawing, err);
    if (status == KITH_OK)
        return kith_page_end(html, &page, err);
    kith_page_free(&page);
    return status;
}

/* A PDF by kith-draw is as large as its picture; one on paper is a page, printed. */
static kith_status draw_paper(kith_text *pdf, const kith_call *call, const kith_scene *scene,
                              const kith_drawing *drawing, kith_error *err)
{
    const char *word = call_text(call, "paper");
    const kith_page_paper paper = strcmp(word, "a3") == 0   ? KITH_PAPER_A3
                                  : strcmp(word, "a4") == 0 ? KITH_PAPER_A4
                                                            : KITH_PAPER_TILES;
    kith_text html = { 0 };

    kith_status status = kith_page_sheets(&html, scene, paper, drawing, err);
    if (status == KITH_OK)
        status = kith_page_pdf(pdf, &html, 1,
                               &(kith_page_pdf_options){ .as_of = call->view.as_of }, err);
    kith_text_free(&html);
    return status;
}

kith_status picture_write(const kith_call *call, kith_scene *scene, const char *path,
                          const char *form, kith_error *err)
{
    kith_text picture = { 0 };
    kith_status status = style_wear(call, scene, err);
    const kith_drawing drawing = { .seed = (int64_t)call->seed,
                                   .dpi = (int)call_integer(call, "dpi") };

    const bool paper = call_given(call, "paper");

    if (status != KITH_OK)
        return status;
    if (paper && strcmp(form, "pdf") != 0)
        return kith_fail(err, KITH_USAGE, "--paper is for a .pdf, and %s is none", path);
    if (picture_form(path) == NULL)
        return write_placed(call, scene, path, form, &drawing, err);
    status = paper ? draw_paper(&picture, call, scene, &drawing, err)
                         : strcmp(form, "html") == 0
                             ? draw_page(&picture, scene, &drawing, err)
                             : kith_scene_draw(&picture, scene, form, &drawing, err);
    if (status == KITH_OK)
        status = seal_replace(call, path, picture.data, picture.size, err);
    kith_text_free(&picture);
    return status;
}

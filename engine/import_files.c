/* SPDX-License-Identifier: GPL-3.0-or-later */
/* import_files.c: which files a call means.
 *
 * A folder gives the files with the known names, and the report names what else is in
 * it. The files are sorted by table, so that what is referred to comes first, then in
 * the order in which they were given. A file that is reached twice is read once. */
#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "mapping_private.h"

enum { FILE_MAX = 65535 };

/* The table whose file has this name (a path's last part), or NULL. */
static const import_table *table_of(const char *path)
{
    const char *slash = strrchr(path, '/');
    const char *name = slash != NULL ? slash + 1 : path;

    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++) {
        const size_t size = strlen(import_tables[i].name);
        if (strncmp(name, import_tables[i].name, size) == 0 && strcmp(name + size, ".csv") == 0)
            return &import_tables[i];
    }
    return NULL;
}

static const char *all_names(kith_text *out)
{
    kith_text_clear(out);
    for (size_t i = 0; i < KITH_IMPORT_TABLES; i++)
        kith_text_format(out, "%s%s.csv",
                         i == 0                        ? ""
                         : i + 1 == KITH_IMPORT_TABLES ? " or "
                                                       : ", ",
                         import_tables[i].name);
    return kith_text_string(out);
}

static bool is_listed(const file_list *list, const struct stat *info)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->files[i].device == (unsigned long long)info->st_dev &&
            list->files[i].inode == (unsigned long long)info->st_ino)
            return true;
    return false;
}

/* Keeps a path that a fault may point to; NULL when memory is short. */
static char *keep_path(import_load *load, const char *folder, const char *name)
{
    char **grown = realloc(load->folders, (load->folder_count + 1) * sizeof *grown);
    kith_text path = { 0 };

    if (grown != NULL) {
        load->folders = grown;
        kith_text_add(&path, folder);
        if (name[0] != '\0' && path.size > 0 && path.data[path.size - 1] != '/')
            kith_text_add_char(&path, '/');
        kith_text_add(&path, name);
    }
    if (grown == NULL || path.failed || path.data == NULL) {
        kith_text_free(&path);
        import_goes_on(load, kith_no_memory(load->err));
        return NULL;
    }
    grown[load->folder_count++] = path.data;
    return path.data;
}

static void list_file(import_load *load, char *path, const import_table *table,
                      const mapping_section *section, const struct stat *info)
{
    file_list *list = &load->list;

    if (list->count == FILE_MAX) {
        import_path_fault(load, SEVERITY_ERROR, path,
                          "more than %d files in one call; load them in several", FILE_MAX);
        return;
    }
    import_file *grown = realloc(list->files, (list->count + 1) * sizeof *grown);
    if (grown == NULL) {
        import_goes_on(load, kith_no_memory(load->err));
        return;
    }
    list->files = grown;
    list->files[list->count++] = (import_file){ .path = path,
                                                .table = table,
                                                .section = section,
                                                .size = (uint64_t)info->st_size,
                                                .device = (unsigned long long)info->st_dev,
                                                .inode = (unsigned long long)info->st_ino };
    list->bytes += (uint64_t)info->st_size;
}

/* A table once; an extract once for each section of the mapping that reads it. */
static void add_file(import_load *load, char *path, const import_table *table,
                     const struct stat *info)
{
    bool any = false;

    if (is_listed(&load->list, info)) {
        import_path_fault(load, SEVERITY_NOTE, path,
                          "the file is named twice in this call; it is read once");
        return;
    }
    if (load->mapping == NULL) {
        list_file(load, path, table, NULL, info);
        return;
    }
    for (size_t i = 0; i < load->mapping->section_count; i++) {
        const mapping_section *section = &load->mapping->sections[i];
        if (!mapping_section_reads(section, path))
            continue;
        list_file(load, path, section->table, section, info);
        any = true;
    }
    if (!any)
        import_path_fault(load, SEVERITY_NOTE, path,
                          "no section of the mapping reads a file of this name; it is not read");
}

static int by_text(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* The names in a folder, sorted; "." and ".." are not among them. */
static bool names_in(import_load *load, char ***names, size_t *count, const char *folder)
{
    DIR *dir = opendir(folder);
    const struct dirent *item;

    *names = NULL;
    *count = 0;
    if (dir == NULL) {
        import_path_fault(load, SEVERITY_ERROR, folder, "the folder cannot be read: %s",
                          strerror(errno));
        return false;
    }
    while ((item = readdir(dir)) != NULL) {
        if (strcmp(item->d_name, ".") == 0 || strcmp(item->d_name, "..") == 0)
            continue;
        char **grown = realloc(*names, (*count + 1) * sizeof *grown);
        char *name = grown != NULL ? keep_path(load, folder, item->d_name) : NULL;
        if (grown != NULL)
            *names = grown;
        if (name == NULL) {
            import_goes_on(load, kith_no_memory(load->err));
            break;
        }
        (*names)[(*count)++] = name;
    }
    closedir(dir);
    if (*count > 0)
        qsort(*names, *count, sizeof **names, by_text);
    return load->status == KITH_OK;
}

static bool ends_with(const char *path, const char *end)
{
    const size_t size = strlen(path), end_size = strlen(end);

    return size > end_size && strcmp(path + size - end_size, end) == 0;
}

static void find_in_folder(import_load *load, const char *folder)
{
    char **names;
    size_t count;
    bool any = false;
    kith_text others = { 0 };
    const char *end = load->mapping != NULL && load->mapping->graphml ? ".graphml" : ".csv";

    if (!names_in(load, &names, &count, folder))
        goto out;
    for (size_t i = 0; i < count; i++) {
        const import_table *table = table_of(names[i]);
        const bool meant = load->mapping != NULL ? ends_with(names[i], end) : table != NULL;
        struct stat info;
        const bool is_file = stat(names[i], &info) == 0 && S_ISREG(info.st_mode);
        if (meant && is_file)
            add_file(load, names[i], table, &info);
        else if (meant)
            import_path_fault(load, SEVERITY_ERROR, names[i],
                              "this is not a file that can be read");
        else if (ends_with(names[i], ".csv"))
            import_path_fault(load, SEVERITY_NOTE, names[i],
                              "not one of the tables; it is not read");
        else
            kith_text_format(&others, "%s%s", others.size > 0 ? ", " : "",
                             strrchr(names[i], '/') + 1);
        any |= meant;
    }
    if (!any && load->mapping != NULL)
        import_path_fault(load, SEVERITY_ERROR, folder,
                          "the folder has no extract; files whose names end in %s are expected", end);
    else if (!any)
        import_path_fault(load, SEVERITY_ERROR, folder,
                          "the folder has no table; files named %s are expected",
                          all_names(&load->scratch));
    else if (others.size > 0 && others.size < 400)
        import_path_fault(load, SEVERITY_NOTE, folder, "also here, and not read: %s",
                          kith_text_string(&others));
    else if (others.size > 0)
        import_path_fault(load, SEVERITY_NOTE, folder, "other files and folders here are not read");

out:
    kith_text_free(&others);
    free(names);
}

static void find_path(import_load *load, const char *given)
{
    char *path = keep_path(load, given, "");
    struct stat info;

    if (path == NULL)
        return;
    if (stat(path, &info) != 0) {
        import_path_fault(load, SEVERITY_ERROR, path,
                          "%s; name a folder or a file that can be read",
                          errno == ENOENT ? "there is no such file or folder" : strerror(errno));
    } else if (S_ISDIR(info.st_mode)) {
        find_in_folder(load, path);
    } else if (!S_ISREG(info.st_mode)) {
        import_path_fault(load, SEVERITY_ERROR, path, "this is neither a file nor a folder");
    } else if (load->mapping == NULL && table_of(path) == NULL) {
        import_path_fault(
            load, SEVERITY_ERROR, path,
            mapping_path_is_graphml(path)
                ? "a mapping says what a network's nodes and edges are; add --mapping graphml, or one of your own%s"
                : "the name says which table a file is, and this is none of them; name it %s",
            mapping_path_is_graphml(path) ? "" : all_names(&load->scratch));
    } else {
        add_file(load, path, table_of(path), &info);
    }
}

/* The first to read an extract tells what is wrong with it as a whole, and the first to
 * read its rows what is wrong with these. */
static void mark_again(file_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        import_file *file = &list->files[i];
        file->again = file->rows_again = false;
        for (size_t k = 0; k < i && !file->rows_again; k++) {
            const import_file *earlier = &list->files[k];
            const bool same = earlier->path == file->path;
            file->again |= same;
            file->rows_again = same && (file->section == NULL || earlier->section->rows == file->section->rows);
        }
    }
}

/* The table's place among tables; what adds to its records comes after what makes them. */
static int order_of(const import_file *file)
{
    return 2 * (int)(file->table - import_tables) + (file->section != NULL && file->section->only_known);
}

/* By table; equals keep the given order. */
static void sort_by_table(file_list *list)
{
    for (size_t i = 1; i < list->count; i++) {
        const import_file file = list->files[i];
        size_t at = i;
        for (; at > 0 && order_of(&list->files[at - 1]) > order_of(&file); at--)
            list->files[at] = list->files[at - 1];
        list->files[at] = file;
    }
}

static void list_text(import_load *load, const kith_import_text *text)
{
    const struct stat none = { .st_size = (off_t)text->size };
    char *path = keep_path(load, text->name, "");
    const import_table *table = path != NULL ? table_of(path) : NULL;
    const size_t before = load->list.count;

    assert(path == NULL || table != NULL);
    if (path != NULL)
        list_file(load, path, table, NULL, &none);
    if (load->list.count > before)
        load->list.files[before].bytes = text->bytes;
}

void import_files_find(import_load *load, const char *const *paths, size_t count)
{
    for (size_t i = 0; i < count && load->status == KITH_OK; i++)
        find_path(load, paths[i]);
    for (size_t i = 0; i < load->options->text_count && load->status == KITH_OK; i++)
        list_text(load, &load->options->texts[i]);
    sort_by_table(&load->list);
    mark_again(&load->list);
}

void import_files_free(import_load *load)
{
    for (size_t i = 0; i < load->folder_count; i++)
        free(load->folders[i]);
    free(load->folders);
    free(load->list.files);
}

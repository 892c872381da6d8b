/* SPDX-License-Identifier: GPL-3.0-or-later */
/* listen.c: where the server can be reached: on this computer only.
 *
 * Connections are accepted here and handed to the library, so that when there are too many the
 * one that is missed least gives way: not one that is being answered, and one that never showed
 * a session before one that did. */
#define _GNU_SOURCE /* accept4 */
#include <arpa/inet.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "serve_private.h"

enum { IDLE_SECONDS = 75, BACKLOG = 512 };

static kith_status listen_on(server *s, int family, const void *address, socklen_t size, const char *what,
                             kith_error *err)
{
    const int yes = 1;

    s->listener = socket(family, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (s->listener < 0)
        return kith_fail(err, KITH_IO, "no socket: %s", strerror(errno));
    if (family != AF_UNIX)
        setsockopt(s->listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(s->listener, address, size) != 0 || listen(s->listener, BACKLOG) != 0)
        return kith_fail(err, KITH_IO, "%s: %s", what, strerror(errno));
    return KITH_OK;
}

static bool somebody_answers(const struct sockaddr_un *address)
{
    const int descriptor = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    const bool answers = connect(descriptor, (const struct sockaddr *)address, sizeof *address) == 0 || errno == EAGAIN;

    if (descriptor >= 0)
        close(descriptor);
    return answers;
}

static kith_status listen_socket(server *s, kith_error *err)
{
    struct sockaddr_un address = { .sun_family = AF_UNIX };
    const char *path = s->options.socket;
    struct stat info;

    if (strlen(path) >= sizeof address.sun_path)
        return kith_fail(err, KITH_USAGE, "%s: the path of a socket has at most %zu bytes", path,
                         sizeof address.sun_path - 1);
    memcpy(address.sun_path, path, strlen(path) + 1);
    if (lstat(path, &info) == 0 && S_ISSOCK(info.st_mode)) {
        if (somebody_answers(&address))
            return kith_fail(err, KITH_IO, "%s: another server answers there; end it first, or give another path", path);
        unlink(path); /* of a server that was killed */
    }
    const mode_t before = umask(0117); /* its owner and group: who may reach it is the folder's and the group's to say */
    const kith_status status = listen_on(s, AF_UNIX, &address, sizeof address, path, err);
    umask(before);
    s->path_is_ours = status == KITH_OK;
    return status;
}

static kith_status listen_loopback(server *s, kith_error *err)
{
    struct sockaddr_in four = { .sin_family = AF_INET, .sin_port = htons((uint16_t)s->options.port) };
    struct sockaddr_in6 six = { .sin6_family = AF_INET6, .sin6_port = htons((uint16_t)s->options.port) };
    const char *address = s->options.address;
    socklen_t size = sizeof four;
    kith_status status;

    if (strcmp(address, "127.0.0.1") == 0) {
        four.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        status = listen_on(s, AF_INET, &four, sizeof four, address, err);
        if (status == KITH_OK)
            getsockname(s->listener, (struct sockaddr *)&four, &size);
        s->port = ntohs(four.sin_port);
        kith_text_format(&s->host, "127.0.0.1:%d", s->port);
    } else {
        six.sin6_addr = in6addr_loopback;
        status = listen_on(s, AF_INET6, &six, sizeof six, address, err);
        size = sizeof six;
        if (status == KITH_OK)
            getsockname(s->listener, (struct sockaddr *)&six, &size);
        s->port = ntohs(six.sin6_port);
        kith_text_format(&s->host, "[::1]:%d", s->port);
    }
    kith_text_format(&s->origin, "http://%s", kith_text_string(&s->host));
    return status == KITH_OK ? kith_text_status(&s->origin, err) : status;
}

static kith_status check_origin(server *s, kith_error *err)
{
    const char *origin = s->options.origin;

    if (origin == NULL)
        return kith_fail(err, KITH_USAGE, "--socket is for a front that others reach; say by which address with "
                                          "--origin https://HOST");
    if (strncmp(origin, "https://", 8) != 0 || origin[8] == '\0' ||
        strspn(origin + 8, "abcdefghijklmnopqrstuvwxyz0123456789.-:") != strlen(origin + 8))
        return kith_fail(err, KITH_USAGE, "--origin is \"%s\"; https://HOST in small letters is expected", origin);
    if (s->options.open_hub)
        return kith_fail(err, KITH_POLICY, "an open hub has no users to sign in; it is served on loopback only");
    kith_text_add(&s->origin, origin);
    kith_text_add(&s->host, origin + 8);
    return kith_text_status(&s->origin, err);
}

kith_status listen_begin(server *s, kith_error *err)
{
    const char *address = s->options.address;

    if (s->options.socket != NULL) {
        const kith_status status = check_origin(s, err);
        return status == KITH_OK ? listen_socket(s, err) : status;
    }
    if (s->options.origin != NULL)
        return kith_fail(err, KITH_USAGE, "--origin is that of a front before a --socket; give both or neither");
    if (strcmp(address, "127.0.0.1") != 0 && strcmp(address, "::1") != 0)
        return kith_fail(err, KITH_USAGE, "%s: others could reach it; 127.0.0.1 or ::1 is expected, and for a team "
                                          "--socket behind a front", address);
    return listen_loopback(s, err);
}

void listen_end(server *s)
{
    if (s->listener >= 0)
        close(s->listener);
    s->listener = -1;
    if (s->path_is_ours) /* what stood at that path before stays */
        unlink(s->options.socket);
}

static void give_way(server *s)
{
    client *least = NULL;

    for (client *c = s->clients; c != NULL; c = c->next) {
        if ((c->now != NULL && (c->now->work != NULL || c->now->watches)) || c->leaving)
            continue;
        if (least == NULL || c->known < least->known || (c->known == least->known && c->since < least->since))
            least = c;
    }
    if (least != NULL)
        client_leave(least);
}

/* Its end is noticed by the library, which then tells of it. */
void client_leave(client *c)
{
    c->leaving = true;
    shutdown(c->descriptor, SHUT_RDWR);
}

void listen_accept(server *s)
{
    struct sockaddr_storage address;

    for (int i = 0; i < 64; i++) { /* then others have their turn */
        socklen_t size = sizeof address;
        const int descriptor =
            accept4(s->listener, (struct sockaddr *)&address, &size, SOCK_CLOEXEC | SOCK_NONBLOCK);
        if (descriptor < 0)
            return;
        if (s->client_count >= CONNECTIONS_MOST - 1)
            give_way(s);
        MHD_add_connection(s->daemon, descriptor, (struct sockaddr *)&address, size);
    }
}

void client_told(void *context, struct MHD_Connection *connection, void **state,
                 enum MHD_ConnectionNotificationCode what)
{
    server *s = context;
    client *c = *state, **at = &s->clients;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
        c = calloc(1, sizeof *c);
        *state = c;
        if (c == NULL)
            return;
        c->descriptor = info->connect_fd;
        c->since = now_milliseconds();
        c->next = s->clients;
        s->clients = c;
        s->client_count++;
        return;
    }
    if (c == NULL)
        return;
    while (*at != c)
        at = &(*at)->next;
    *at = c->next;
    s->client_count--;
    *state = NULL;
    free(c);
}

/* A request that does not come to its end, an answer that is not taken, and nothing at all. */
void clients_tick(server *s)
{
    const int64_t now = now_milliseconds();

    for (client *c = s->clients; c != NULL; c = c->next) {
        const bool works =
            c->now != NULL && ((c->now->work != NULL && c->now->work->state != JOB_ENDED) || c->now->watches);
        const int64_t most = c->now != NULL ? HEADER_SECONDS * 4 : c->known ? IDLE_SECONDS : HEADER_SECONDS;
        if (!works && !c->leaving && now - c->since >= most * 1000)
            client_leave(c);
    }
}

/*
 * A mock of a chat completions upstream, so light that what is measured is the client: one thread, epoll, keep-alive,
 * a fixed answer after a fixed delay, as JSON or, when the request asks for a stream, as server-sent events.
 *
 *   upstream <port> <delay in µs>      port 0 takes a free one; prints "port <n>" when it listens
 *
 * GET /count answers how many completions were asked for since it was last asked to /reset, and when the first one came,
 * in ms since 1970; GET /delay/<µs> sets the delay.
 */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define FDS_MAX 8192
#define REQUEST_MAX (1 << 20)
#define WAITING_MAX (1 << 16)

#define MESSAGE "The answer is 42, as it has always been, and no other number would do."
#define HEAD "HTTP/1.1 200 OK\r\ncontent-type: "

static const char JSON_BODY[] =
    "{\"id\":\"chatcmpl-1\",\"object\":\"chat.completion\",\"created\":1790000000,\"model\":\"mock\",\"choices\":[{"
    "\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"" MESSAGE "\",\"refusal\":null,"
    "\"annotations\":[]},\"logprobs\":null,\"finish_reason\":\"stop\"}],\"usage\":{\"prompt_tokens\":60,"
    "\"completion_tokens\":16,\"total_tokens\":76,\"prompt_tokens_details\":{\"cached_tokens\":0,\"audio_tokens\":0},"
    "\"completion_tokens_details\":{\"reasoning_tokens\":0}},\"service_tier\":\"default\","
    "\"system_fingerprint\":\"fp_1\"}";

#define FRAME(delta, reason)                                                                                         \
  "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"mock\","     \
  "\"choices\":[{\"index\":0,\"delta\":" delta ",\"logprobs\":null,\"finish_reason\":" reason "}]}\n\n"

static const char SSE_BODY[] =
    FRAME("{\"role\":\"assistant\",\"content\":\"\"}", "null") FRAME("{\"content\":\"" MESSAGE "\"}", "null")
    FRAME("{}", "\"stop\"")
    "data: {\"id\":\"chatcmpl-1\",\"object\":\"chat.completion.chunk\",\"created\":1790000000,\"model\":\"mock\","
    "\"choices\":[],\"usage\":{\"prompt_tokens\":60,\"completion_tokens\":16,\"total_tokens\":76}}\n\ndata: [DONE]\n\n";

struct connection {
  char *bytes;
  size_t used;
  uint32_t generation;
};
struct waiting {
  uint64_t due_us;
  int fd;
  uint32_t generation;
  int streams;
};

static struct connection connections[FDS_MAX];
static struct waiting queue[WAITING_MAX];
static size_t queue_head, queue_tail;
static uint64_t delay_us, completions;
static double first_ms;
static int epoll_fd, timer_fd;

static uint64_t now_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return (uint64_t)at.tv_sec * 1000000u + (uint64_t)at.tv_nsec / 1000u;
}

static void die(const char *what) {
  perror(what);
  exit(1);
}

static void leave(int fd) {
  connections[fd].used = 0;
  connections[fd].generation++;
  close(fd);
}

static void send_all(int fd, const char *bytes, size_t length) {
  while (length > 0) {
    ssize_t sent = send(fd, bytes, length, MSG_NOSIGNAL);
    if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
    if (sent <= 0) return;
    bytes += sent;
    length -= (size_t)sent;
  }
}

static void answer_json(int fd, const char *body, size_t length) {
  char out[4096];
  int head = snprintf(out, sizeof out, HEAD "application/json\r\ncontent-length: %zu\r\n\r\n", length);
  memcpy(out + head, body, length);
  send_all(fd, out, (size_t)head + length);
}

static void answer(int fd, int streams) {
  if (!streams) {
    answer_json(fd, JSON_BODY, sizeof JSON_BODY - 1);
    return;
  }
  char out[4096];
  int length = snprintf(out, sizeof out, HEAD "text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n%zx\r\n%s\r\n0\r\n\r\n",
                        sizeof SSE_BODY - 1, SSE_BODY);
  send_all(fd, out, (size_t)length);
}

static void arm_timer(void) {
  if (queue_head == queue_tail) return;
  uint64_t due = queue[queue_head % WAITING_MAX].due_us;
  struct itimerspec at = {.it_value = {.tv_sec = (time_t)(due / 1000000u), .tv_nsec = (long)(due % 1000000u) * 1000}};
  timerfd_settime(timer_fd, TFD_TIMER_ABSTIME, &at, NULL);
}

static void answer_due(void) {
  uint64_t now = now_us();
  while (queue_head != queue_tail && queue[queue_head % WAITING_MAX].due_us <= now) {
    struct waiting *next = &queue[queue_head++ % WAITING_MAX];
    if (connections[next->fd].generation == next->generation) answer(next->fd, next->streams);
  }
  arm_timer();
}

static void take_completion(int fd, const char *body, size_t length) {
  if (completions++ == 0) {
    struct timespec at;
    clock_gettime(CLOCK_REALTIME, &at);
    first_ms = (double)at.tv_sec * 1e3 + (double)at.tv_nsec / 1e6;
  }
  int streams = memmem(body, length, "\"stream\":true", 13) != NULL;
  if (delay_us == 0) {
    answer(fd, streams);
    return;
  }
  if (queue_tail - queue_head >= WAITING_MAX) {
    leave(fd);
    return;
  }
  int was_empty = queue_head == queue_tail;
  queue[queue_tail++ % WAITING_MAX] =
      (struct waiting){.due_us = now_us() + delay_us, .fd = fd, .generation = connections[fd].generation, .streams = streams};
  if (was_empty) arm_timer();
}

static void take_request(int fd, const char *head, const char *body, size_t length) {
  if (strncmp(head, "POST ", 5) == 0) {
    take_completion(fd, body, length);
    return;
  }
  if (strncmp(head, "GET /delay/", 11) == 0) delay_us = strtoull(head + 11, NULL, 10);
  if (strncmp(head, "GET /reset", 10) == 0) completions = 0;
  char text[96];
  int size = snprintf(text, sizeof text, "{\"count\":%llu,\"firstMs\":%.3f}", (unsigned long long)completions, first_ms);
  answer_json(fd, text, (size_t)size);
}

/* Takes every complete request out of the connection's bytes. */
static void take_requests(int fd) {
  struct connection *from = &connections[fd];
  size_t start = 0;
  for (;;) {
    char *head = from->bytes + start;
    char *end = memmem(head, from->used - start, "\r\n\r\n", 4);
    if (end == NULL) break;
    *end = '\0';
    char *field = strcasestr(head, "\r\ncontent-length:");
    size_t length = field == NULL ? 0 : strtoul(field + 17, NULL, 10);
    *end = '\r';
    size_t total = (size_t)(end + 4 - head) + length;
    if (from->used - start < total) break;
    take_request(fd, head, end + 4, length);
    start += total;
  }
  memmove(from->bytes, from->bytes + start, from->used - start);
  from->used -= start;
}

static void read_from(int fd) {
  struct connection *from = &connections[fd];
  if (from->bytes == NULL && (from->bytes = malloc(REQUEST_MAX)) == NULL) die("malloc");
  ssize_t got = recv(fd, from->bytes + from->used, REQUEST_MAX - 1 - from->used, 0);
  if (got < 0 && (errno == EAGAIN || errno == EINTR)) return;
  if (got <= 0) {
    leave(fd);
    return;
  }
  from->used += (size_t)got;
  take_requests(fd);
}

static void watch(int fd) {
  struct epoll_event event = {.events = EPOLLIN, .data.fd = fd};
  if (epoll_ctl(epoll_fd, EPOLL_CTL_ADD, fd, &event) < 0) die("epoll_ctl");
}

static void accept_on(int listener) {
  int fd;
  while ((fd = accept4(listener, NULL, NULL, SOCK_NONBLOCK)) >= 0) {
    if (fd >= FDS_MAX) {
      close(fd);
      continue;
    }
    int one = 1;
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    connections[fd].used = 0;
    watch(fd);
  }
}

int main(int count, char **arguments) {
  if (count != 3) {
    fprintf(stderr, "usage: upstream <port> <delay in µs>\n");
    return 2;
  }
  delay_us = strtoull(arguments[2], NULL, 10);
  int listener = socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0);
  int one = 1;
  setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &one, sizeof one);
  struct sockaddr_in at = {.sin_family = AF_INET, .sin_port = htons((uint16_t)atoi(arguments[1]))};
  at.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof at;
  if (bind(listener, (struct sockaddr *)&at, size) < 0 || listen(listener, 4096) < 0) die("listen");
  getsockname(listener, (struct sockaddr *)&at, &size);
  if ((epoll_fd = epoll_create1(0)) < 0) die("epoll");
  if ((timer_fd = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK)) < 0) die("timerfd");
  watch(listener);
  watch(timer_fd);
  printf("port %d\n", ntohs(at.sin_port));
  fflush(stdout);
  struct epoll_event events[256];
  for (;;) {
    int ready = epoll_wait(epoll_fd, events, 256, -1);
    for (int i = 0; i < ready; i++) {
      int fd = events[i].data.fd;
      if (fd == listener) accept_on(listener);
      else if (fd == timer_fd) {
        uint64_t fired;
        if (read(timer_fd, &fired, sizeof fired) >= 0) answer_due();
      } else read_from(fd);
    }
  }
}

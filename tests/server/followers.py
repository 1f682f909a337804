"""Many open streams in a process of their own, so that reading them does not delay who measures answers."""
import asyncio
import json
import multiprocessing
from collections import Counter


async def follow(port, number, cookie, told, begun):
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=1 << 20)
    writer.write((f"GET /api/live HTTP/1.1\r\nHost: a\r\nCookie: {cookie}\r\n"
                  f"X-Forwarded-For: 10.2.{number // 250}.{number % 250}\r\n\r\n").encode())
    while line := await reader.readline():
        if line.startswith(b"event: beat"):
            begun.set()
        elif line.startswith(b"data: ") and b'"version"' in line:
            data = json.loads(line[6:])
            told[data["patient"], data["version"]] += 1


async def follow_all(port, cookies, number, parent):
    told = [Counter() for _ in range(number)]
    begun = [asyncio.Event() for _ in range(number)]
    tasks = [asyncio.create_task(follow(port, i, cookies[i % len(cookies)], told[i], begun[i])) for i in range(number)]
    await asyncio.wait_for(asyncio.gather(*(each.wait() for each in begun)), 60)
    parent.send("all are open")
    wanted = await asyncio.get_running_loop().run_in_executor(None, parent.recv)
    for _ in range(200):  # what was acknowledged last is on its way
        if all(each.total() >= wanted for each in told):
            break
        await asyncio.sleep(0.05)
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    parent.send(told)


class Followers:
    """So many streams, open once this is made."""

    def __init__(self, port, users, number):
        context = multiprocessing.get_context("fork")
        self.pipe, theirs = context.Pipe()
        cookies = [user.cookie for user in users]
        self.process = context.Process(target=lambda: asyncio.run(follow_all(port, cookies, number, theirs)))
        self.process.start()
        theirs.close()
        self.pipe.recv()

    def told(self, wanted):
        """For each stream how often each (patient, version) came, once that many came or after 10 s."""
        self.pipe.send(wanted)
        found = self.pipe.recv()
        self.process.join()
        return found

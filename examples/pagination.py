"""A paginated client: what asynchronous generators were made for (PEP 525).

The caller sees one stream of items; the pages behind it are fetched as it goes.
"""

import asyncio

PAGES = {
    "/articles": {"items": ["Generators", "Coroutines"], "next": "/articles?page=2"},
    "/articles?page=2": {"items": ["Async generators"], "next": "/articles?page=3"},
    "/articles?page=3": {"items": ["Comprehensions", "Context managers"], "next": None},
}


class Client:
    """Stands in for an HTTP client; every request gives other tasks a turn."""

    def __init__(self):
        self.requests = []

    async def get(self, url):
        self.requests.append(url)
        await asyncio.sleep(0)
        return PAGES[url]


async def articles(client, url):
    """Yields every article; asks for the next page only when it is needed."""
    while url:
        page = await client.get(url)
        for title in page["items"]:
            yield title
        url = page["next"]


async def main():
    client = Client()
    print("All articles:")
    async for title in articles(client, "/articles"):
        print(" ", title)
    print("Requests:", len(client.requests))

    short = [t async for t in articles(client, "/articles") if len(t) < 12]
    print("Short titles:", short)

    client.requests.clear()
    stream = articles(client, "/articles")
    async for title in stream:
        if title.startswith("Async"):
            print("Found", repr(title), "after", len(client.requests), "requests")
            break
    await stream.aclose()


asyncio.run(main())

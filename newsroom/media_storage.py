"""Pictures in an S3-compatible bucket, at the addresses that they have on a disk.

Readers ask this site for them: a web server (or a CDN) in front fetches from the bucket. So editions, which
remember addresses, are the same wherever files lie, and no reader's address is told to anybody else.
"""

from urllib.parse import quote

from django.conf import settings
from storages.backends.s3 import S3Storage


class BucketStorage(S3Storage):
    """Files by name in a bucket; their addresses are below MEDIA_URL."""

    def url(self, name: str, *arguments: object, **options: object) -> str:
        """Where readers find the file."""
        return settings.MEDIA_URL + quote(name)

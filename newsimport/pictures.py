"""Find the images of stories: in their feed, or on the lead's page; link or download them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from newsimport.errors import FeedError, NewsimportError, WriteError

if TYPE_CHECKING:
    from newsimport.config import Settings
    from newsimport.models import Story, Value
    from newsimport.run import Run
    from newsimport.site.ledger import Known
    from newsimport.site.picturebook import Wanted
    from newsimport.source.pages import Reader


def looks_for_pictures(settings: Settings) -> bool:
    """Say whether a run looks for images beyond naming those that feeds have."""
    if settings.style == "classic" or settings.images == "none":
        return settings.excerpts and settings.style != "classic"
    return bool(settings.images) or settings.resolve_links or settings.excerpts


def want_picture(run: Run, key: str, story: Story, *, anew: bool) -> None:
    """Remember that a story's image is to be looked for: a feed's to be downloaded, or a page's.

    Pages are read of stories of Google News alone, whose feeds have no images. `anew` says that
    its file is a new one.
    """
    if not looks_for_pictures(run.settings):
        return
    from newsimport.source.googlenews import is_publishers

    if _is_downloaded(run) and story.image:
        run.pictures.want(key, "", story.image, run.site.now, anew=anew)
    elif not story.image and story.google_url and is_publishers(story.url):
        run.pictures.want(key, story.url, "", run.site.now, anew=anew)


def with_image(run: Run, story: Story) -> Story:
    """Return a story with no image but one that its file may name before anything is asked."""
    if run.settings.images == "none" or _is_downloaded(run):
        return story._replace(image="")
    return story


def _is_downloaded(run: Run) -> bool:
    if run.settings.images != "download":
        return False
    from newsimport.site.covers import has_place

    layout = run.writer.layout
    return not layout.is_classic and has_place(layout.profile)


def find_pictures(run: Run, room: int) -> int:
    """Find the images that are wanted, `room` pages at most; return how many were found.

    What fails leaves its story as it is, and is tried again at a later run.
    """
    from newsimport.source.pages import Reader

    settings = run.settings
    if not looks_for_pictures(settings) or not room:
        return 0
    reader = Reader(run.stopped, settings.allow_private)
    if settings.google:
        reader.spacing = 0
    hunt = _Hunt(run, reader)
    count = 0
    for wanted in run.pictures.wanted(room):
        if run.stopped():
            break
        known = run.site.ledger.story(wanted.story)
        if known and run.site.store.exists(known.path):
            count += _find(hunt, known, wanted)
        else:  # else it would stand in the way of others for ever
            run.pictures.missed(wanted.story)
        # One by one: a run that is killed has what it read.
        run.site.save()
    return count


def _find(hunt: _Hunt, known: Known, wanted: Wanted) -> int:
    """Look for one story's image; return how many files have changed."""
    try:
        fields = hunt.fields_of(known, wanted)
    except WriteError:
        raise
    except NewsimportError:
        hunt.run.pictures.missed(wanted.story)
        return 0
    from newsimport.site.relink import Learned

    outcome = hunt.run.writer.revise(known, Learned(fields=fields))
    # Where somebody else wrote the file at the same time, the next run tells it.
    if not hunt.run.site.save():
        hunt.run.pictures.done(wanted.story)
    return int(outcome.action == "updated")


class _Hunt:
    def __init__(self, run: Run, reader: Reader) -> None:
        self.run = run
        self.reader = reader

    def fields_of(self, known: Known, wanted: Wanted) -> dict[str, Value]:
        """Return the fields that a story gains. Raises NewsimportError when nothing was read."""
        from newsimport.site.markdown import safe_url
        from newsimport.site.wording import inert
        from newsimport.source.images import LARGEST_HEAD, read_head

        image, excerpt = wanted.image, ""
        if wanted.page:
            page = self.reader.read(wanted.page, LARGEST_HEAD, cut=True)
            head = read_head(page.body, page.url, page.charset)
            image, excerpt = head.image, head.description
        fields: dict[str, Value] = {}
        if excerpt and self.run.settings.excerpts:
            fields["excerpt"] = inert(excerpt)
        if image and self.run.settings.images == "download":
            image = self.download(known, image)
        elif image and self.run.settings.images != "none":
            image = safe_url(image)
        else:
            image = ""
        return fields | ({"image": image} if image else {})

    def download(self, known: Known, image: str) -> str:
        """Put an image beside its story, or into Jekyll's assets; return its address there.

        Its own address where there is no place for it. Raises NewsimportError for what is no image
        of a kind that browsers show.
        """
        from newsimport.site.covers import place_of, put_cover
        from newsimport.site.markdown import safe_url
        from newsimport.source.images import image_type
        from newsimport.source.limits import LARGEST_IMAGE

        site = self.run.site
        place = place_of(site.store.out, known, self.run.writer.layout.profile)
        if place is None:
            return safe_url(image)
        page = self.reader.read(image, LARGEST_IMAGE)
        suffix = image_type(page.body)
        if not suffix or site.lock is None:
            raise FeedError("it is no image that browsers show")
        site.lock.begin()
        address = put_cover(site.store, site.ledger, known, place, suffix, page.body)
        if not address:
            raise FeedError("its name is taken")
        return address

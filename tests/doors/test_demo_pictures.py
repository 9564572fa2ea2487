"""The illustrations of the demo newsroom: every recipe draws, and draws the same picture each time."""

import datetime
import io

import pytest
from PIL import Image

from articles.demo.content import StoryCard, read_newsroom
from articles.demo.pictures import PALETTES, RECIPES, make_picture

NEWSROOM = read_newsroom(datetime.datetime(2026, 5, 11, 15, 30, tzinfo=datetime.UTC))
ILLUSTRATED = [story for story in NEWSROOM.stories if story.picture]


def open_picture(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data))


@pytest.mark.parametrize("recipe", RECIPES)
def test_a_recipe_draws_a_picture_with_light_and_dark(recipe: str) -> None:
    picture = open_picture(make_picture(recipe, seed=1, palette="science"))
    assert picture.format == "JPEG"
    assert picture.size == (1600, 1000)
    darkest, lightest = picture.convert("L").resize((160, 100)).getextrema()
    assert lightest - darkest > 80


def test_the_seed_makes_the_picture() -> None:
    first = make_picture("horizon", seed=4, palette="news")
    assert first == make_picture("horizon", seed=4, palette="news")
    assert first != make_picture("horizon", seed=5, palette="news")
    assert first != make_picture("horizon", seed=4, palette="sport")


@pytest.mark.parametrize("story", ILLUSTRATED, ids=lambda story: story.slug)
def test_every_story_asks_for_a_recipe_that_exists(story: StoryCard) -> None:
    assert story.picture is not None
    assert story.picture.recipe in RECIPES


def test_every_section_has_a_palette_and_no_two_pictures_are_the_same() -> None:
    assert {section.key for section in NEWSROOM.sections} == set(PALETTES)
    asked = [(story.picture.recipe, story.picture.seed) for story in ILLUSTRATED if story.picture]
    assert len(asked) == len(set(asked))
    assert len({recipe for recipe, _ in asked}) >= 10

"""Cities that are found by a name."""

from __future__ import annotations

from pydantic import Field

from .values import ResponseBody


class City(ResponseBody):
    """A city, with what a store in it needs."""

    name: str = Field(
        description="The main name in GeoNames: the usual one in English, or that of the country.", examples=["Köln"]
    )
    country: str = Field(description="ISO 3166-1 alpha-2.", examples=["DE"])
    region: str | None = Field(
        description="GeoNames' code of the first administrative division, such as a state.", examples=["07"]
    )
    timezone: str = Field(description="IANA time zone.", examples=["Europe/Berlin"])
    population: int


class Cities(ResponseBody):
    """The cities that a name can mean, the likeliest first. Data of GeoNames, CC BY 4.0."""

    cities: list[City]

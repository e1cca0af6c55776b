"""Paths of a page server: which lead to the page of the application, and which are files. Every server follows them."""

from __future__ import annotations

PAGES = (
    "/",
    "/sign-in",
    "/stores/0c8f7a52-1f7b-4d0e-9b0a-2a8d3a5f6b71",
    "/stores/0c8f7a52-1f7b-4d0e-9b0a-2a8d3a5f6b71/settings/notifications",
    "/stores/1/wall/",
    "/cameras/1/live",
    "/assets",
    "/assets-of-a-store",
    "/deep/er/still",
    "/v1.2/stores",
)
FILES = (
    "/index.html",
    "/config.json",
    "/favicon.svg",
    "/favicon.ico",
    "/icons/icon-192.png",
    "/assets/index-3f2a.js",
    "/assets/missing",
    "/assets/",
    "/stores/index-3f2a.js",
    "/wp-login.php",
    "/.env",
    "/.git/config",
    "/.well-known/apple-app-site-association",
    "/stores/.hidden/1",
)

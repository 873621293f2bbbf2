"""The only access to the network, for sources, images, and links.

`client` sends requests: redirects, retries, limits. `throttle` spaces the requests to each host.
`connections` keeps connections open. `network` looks up, vets and connects. `address` says what is asked for
a URL, `failures` what can go wrong.
"""

// Package app builds every room, hands each what it needs, mounts the routes and
// starts the jobs. It is the only package that knows all rooms, and holds no
// rule of its own.
package app

package mail

import (
	"context"
	"crypto/tls"
	"net"
)

// wire is the connection of one letter: the library neither closes one whose
// greeting failed nor ends a conversation when ctx ends.
type wire struct {
	ctx      context.Context
	implicit bool
	config   *tls.Config
	conn     net.Conn
	stop     func() bool
}

func (w *wire) dial(ctx context.Context, network, address string) (net.Conn, error) {
	var d net.Dialer
	conn, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	w.conn = conn
	w.stop = context.AfterFunc(w.ctx, func() { conn.Close() })
	if !w.implicit {
		return conn, nil
	}
	encrypted := tls.Client(conn, w.config)
	return encrypted, encrypted.HandshakeContext(ctx)
}

func (w *wire) close() {
	if w.conn != nil {
		w.stop()
		w.conn.Close()
	}
}

package config

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"reflect"
	"strings"
	"unicode"
)

// Manual writes what can be set, out of the comments of Config.
func Manual(w io.Writer) error {
	file, err := parser.ParseFile(token.NewFileSet(), "config.go", source, parser.ParseComments)
	if err != nil {
		return err
	}
	fmt.Fprintln(w, "Everything can be set by a flag or by the environment variable beside it.")
	ast.Inspect(file, func(n ast.Node) bool {
		t, ok := n.(*ast.TypeSpec)
		if !ok || t.Name.Name != "Config" {
			return true
		}
		for _, field := range t.Type.(*ast.StructType).Fields.List {
			tag := reflect.StructTag(strings.Trim(field.Tag.Value, "`"))
			fmt.Fprintf(w, "\n%s  --%s", tag.Get("env"), flagName(field.Names[0].Name, tag))
			if d := tag.Get("default"); d != "" {
				fmt.Fprintf(w, "  (default %s)", d)
			}
			fmt.Fprintln(w)
			for _, line := range strings.Split(strings.TrimSpace(field.Doc.Text()), "\n") {
				fmt.Fprintln(w, "    "+line)
			}
		}
		return false
	})
	return nil
}

// flagName is the flag of a field: its tag, else the name in kebab case.
func flagName(name string, tag reflect.StructTag) string {
	if n := tag.Get("name"); n != "" {
		return n
	}
	var b strings.Builder
	for i, r := range name {
		if unicode.IsUpper(r) && i > 0 {
			b.WriteByte('-')
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}
